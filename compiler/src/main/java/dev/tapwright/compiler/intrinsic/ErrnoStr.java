package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** {@code errno_str(err)}. */
final class ErrnoStr implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "errno_str",
          List.of(Parameter.number("err")),
          Result.STRING,
          "The name of an error number, such as ENOENT for 2; E#3333 for a number without a name.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public OptionalInt resultCapacity() {
    return OptionalInt.of("E#".length() + 21);
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.PROBE_READ_STR);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.name(NAMES, arguments.get(0), "E#"));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    long number = Arguments.number(arguments, 0);
    boolean isNamed = number > 0 && number < NAMES.size() && !NAMES.get((int) number).isEmpty();
    return Arguments.of(isNamed ? NAMES.get((int) number) : "E#" + number);
  }

  /** From number 0 on (kernel, include/uapi/asm-generic/errno.h); empty where there is none. */
  private static final List<String> NAMES =
      Stream.of(
              ("- EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK "
                      + "EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE "
                      + "EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP - ENOMSG EIDRM "
                      + "ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT "
                      + "- EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP "
                      + "EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ "
                      + "ERESTART ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT "
                      + "ESOCKTNOSUPPORT EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH "
                      + "ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT "
                      + "ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN ENOTNAM ENAVAIL EISNAM "
                      + "EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED EKEYREVOKED EKEYREJECTED "
                      + "EOWNERDEAD ENOTRECOVERABLE ERFKILL -")
                  .split(" "))
          .map(name -> name.equals("-") ? "" : name)
          .toList();
}
