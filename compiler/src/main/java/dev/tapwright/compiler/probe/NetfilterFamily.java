package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.compiler.target.TaskLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * {@code netfilter.hook("HOOK").pf("FAMILY")}: packets at a hook of the kernel's packet filter.
 * What a handler assigns to {@code $verdict} decides about the packet. Names and numbers are those
 * of {@code include/uapi/linux/netfilter*.h}.
 */
final class NetfilterFamily implements ProbeFamily {
  /** By their numbers, the same for all protocols but ARP. */
  private static final List<String> INTERNET_HOOKS =
      List.of("PRE_ROUTING", "LOCAL_IN", "FORWARD", "LOCAL_OUT", "POST_ROUTING");

  private static final List<String> ARP_HOOKS = List.of("IN", "OUT", "FORWARD");

  private static final Map<String, Integer> PRIORITIES =
      Map.ofEntries(
          Map.entry("FIRST", Integer.MIN_VALUE),
          Map.entry("RAW_BEFORE_DEFRAG", -450),
          Map.entry("CONNTRACK_DEFRAG", -400),
          Map.entry("RAW", -300),
          Map.entry("SELINUX_FIRST", -225),
          Map.entry("CONNTRACK", -200),
          Map.entry("MANGLE", -150),
          Map.entry("NAT_DST", -100),
          Map.entry("FILTER", 0),
          Map.entry("SECURITY", 50),
          Map.entry("NAT_SRC", 100),
          Map.entry("SELINUX_LAST", 225),
          Map.entry("CONNTRACK_HELPER", 300),
          Map.entry("CONNTRACK_CONFIRM", Integer.MAX_VALUE),
          Map.entry("LAST", Integer.MAX_VALUE));

  /**
   * A protocol.
   *
   * @param number {@code NFPROTO_*}
   * @param prefixes what names of its hooks begin with
   * @param priorities what names of its priorities begin with; empty where it has none
   */
  private record Protocol(
      int number, List<String> prefixes, List<String> hooks, Optional<String> priorities) {
    static Optional<Protocol> named(String name) {
      return switch (name) {
        case "NFPROTO_IPV4" ->
            Optional.of(
                new Protocol(
                    2, List.of("NF_INET_", "NF_IP_"), INTERNET_HOOKS, Optional.of("NF_IP_PRI_")));
        case "NFPROTO_ARP" ->
            Optional.of(new Protocol(3, List.of("NF_ARP_"), ARP_HOOKS, Optional.empty()));
        case "NFPROTO_BRIDGE" ->
            Optional.of(new Protocol(7, List.of("NF_BR_"), INTERNET_HOOKS, Optional.empty()));
        case "NFPROTO_IPV6" ->
            Optional.of(
                new Protocol(10, List.of("NF_IP6_"), INTERNET_HOOKS, Optional.of("NF_IP6_PRI_")));
        default -> Optional.empty();
      };
    }

    OptionalInt hook(String name) {
      return prefixes.stream()
          .filter(name::startsWith)
          .mapToInt(prefix -> hooks.indexOf(name.substring(prefix.length())))
          .filter(number -> number >= 0)
          .findFirst();
    }

    OptionalInt priority(String name) {
      Optional<Integer> known =
          priorities
              .filter(name::startsWith)
              .map(prefix -> PRIORITIES.get(name.substring(prefix.length())));
      try {
        return OptionalInt.of(known.isPresent() ? known.get() : Integer.parseInt(name));
      } catch (NumberFormatException notNumber) {
        return OptionalInt.empty();
      }
    }

    boolean isInternet() {
      return priorities.isPresent();
    }
  }

  @Override
  public List<ProbePattern> patterns() {
    return ProbePattern.each(
        List.of("netfilter.hook(string).pf(string)", "netfilter.pf(string).hook(string)"),
        List.of("", ".priority(string)"),
        "Packets at a hook of the packet filter");
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    boolean isHookFirst = point.components().get(1).name().equals("hook");
    String name = point.string(isHookFirst ? 1 : 2);
    String family = point.string(isHookFirst ? 2 : 1);
    Optional<Protocol> protocol = Protocol.named(family);
    if (protocol.isEmpty()) {
      return Resolution.notFound(
          ProbeCodes.ARGUMENT,
          "unsupported netfilter protocol family \"%s\"; need stap -g".formatted(family));
    }
    OptionalInt hook = protocol.get().hook(name);
    if (hook.isEmpty()) {
      return unsupported("hook", name, protocol.get());
    }
    String wanted = point.components().size() > 3 ? point.string(3) : "0";
    OptionalInt priority = protocol.get().priority(wanted);
    if (priority.isEmpty()) {
      return unsupported("priority", wanted, protocol.get());
    }
    AttachPoint.PacketHook place =
        new AttachPoint.PacketHook(
            name, protocol.get().number(), hook.getAsInt(), priority.getAsInt());
    Target target = context.target();
    return Resolution.found(
        reason(protocol.get(), place, target)
            .map(reason -> ProbeMatch.notCarried(notCarried(place, reason), point))
            .orElseGet(
                () ->
                    new ProbeMatch(
                        place,
                        point.toString(),
                        "",
                        name,
                        OptionalLong.empty(),
                        AttachMethod.of(place, target.profile()))));
  }

  private static Resolution unsupported(String what, String name, Protocol protocol) {
    return Resolution.notFound(
        ProbeCodes.ARGUMENT,
        "unsupported netfilter %s \"%s\" for protocol family \"%d\"; need stap -g"
            .formatted(what, name, protocol.number()));
  }

  /** Why a kernel cannot attach a BPF program there. */
  private static Optional<String> reason(
      Protocol protocol, AttachPoint.PacketHook place, Target target) {
    KernelProfile profile = target.profile();
    if (!protocol.isInternet()) {
      return Optional.of("BPF programs are for the packet filter's hooks of IPv4 and IPv6 only");
    }
    if (!profile.has(KernelFeature.PACKET_HOOKS)) {
      return Optional.of(
          "Linux %s does not run BPF programs at hooks of its packet filter; Linux %s does, built with CONFIG_NETFILTER_BPF_LINK"
              .formatted(profile.name(), KernelFeature.PACKET_HOOKS.since()));
    }
    if (TaskLayout.of(target).isEmpty()) {
      return Optional.of(ProcessPlaces.NEEDS_TYPES);
    }
    if (place.priority() == Integer.MIN_VALUE || place.priority() == Integer.MAX_VALUE) {
      return Optional.of("BPF programs can be neither first nor last at a hook");
    }
    return Optional.empty();
  }

  private static AttachPoint.NotCarried notCarried(AttachPoint.PacketHook place, String reason) {
    return new AttachPoint.NotCarried(
        place.name(),
        reason,
        "use tracepoints of the network, such as kernel.trace(\"net:netif_receive_skb\") and kernel.trace(\"net:net_dev_queue\")",
        false,
        ProbeContext.Kind.KERNEL_FUNCTION,
        Optional.of(place));
  }
}
