package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.probe.AttachPoint.NotCarried.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code netfilter.hook("HOOK").pf("FAMILY")}: packets at a hook of the kernel's packet filter. The
 * names are those of {@code include/uapi/linux/netfilter*.h}.
 */
final class NetfilterFamily implements ProbeFamily {
  private static final List<String> INTERNET_HOOKS =
      List.of("PRE_ROUTING", "LOCAL_IN", "FORWARD", "LOCAL_OUT", "POST_ROUTING");

  private static final List<String> ARP_HOOKS =
      List.of("NF_ARP_IN", "NF_ARP_OUT", "NF_ARP_FORWARD");

  private static final List<Variable> VARIABLES =
      List.of(
          new Variable("hooknum", "unsigned int"),
          new Variable("skb", "struct sk_buff *"),
          new Variable("in", "struct net_device *"),
          new Variable("out", "struct net_device *"),
          new Variable("verdict", "int"),
          new Variable("pf", "unsigned char"));

  @Override
  public List<ProbePattern> patterns() {
    return ProbePattern.each(
        List.of("netfilter.hook(string).pf(string)", "netfilter.pf(string).hook(string)"),
        List.of("", ".priority(string)", ".priority(number)"),
        "Packets at a hook of the packet filter");
  }

  @Override
  public boolean isCarried() {
    return false;
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    boolean isHookFirst = point.components().get(1).name().equals("hook");
    String hook = point.string(isHookFirst ? 1 : 2);
    String family = point.string(isHookFirst ? 2 : 1);
    List<String> hooks = hooks(family);
    if (hooks.isEmpty()) {
      return Resolution.notFound(
          ProbeCodes.ARGUMENT,
          "unsupported netfilter protocol family \"%s\"; need stap -g".formatted(family));
    }
    if (!hooks.contains(hook)) {
      return Resolution.notFound(
          ProbeCodes.ARGUMENT,
          "unsupported netfilter hook \"%s\" for protocol family \"%s\"; need stap -g"
              .formatted(hook, number(family)));
    }
    return Resolution.found(
        ProbeMatch.notCarried(
            new AttachPoint.NotCarried(
                hook,
                "probes in the packet filter are not supported yet",
                "use tracepoints of the network, such as kernel.trace(\"net:netif_receive_skb\") and kernel.trace(\"net:net_dev_queue\")",
                false,
                ProbeContext.Kind.KERNEL_FUNCTION,
                VARIABLES,
                Optional.empty()),
            point));
  }

  /** {@code enum NFPROTO_*}, by which SystemTap's message calls a family. */
  private static int number(String family) {
    return switch (family) {
      case "NFPROTO_IPV4" -> 2;
      case "NFPROTO_ARP" -> 3;
      case "NFPROTO_BRIDGE" -> 7;
      default -> 10;
    };
  }

  private static List<String> hooks(String family) {
    return switch (family) {
      case "NFPROTO_IPV4" -> internetHooks("NF_INET_", "NF_IP_");
      case "NFPROTO_IPV6" -> internetHooks("NF_INET_", "NF_IP6_");
      case "NFPROTO_ARP" -> ARP_HOOKS;
      case "NFPROTO_BRIDGE" -> {
        List<String> hooks = new ArrayList<>(internetHooks("NF_BR_"));
        hooks.add("NF_BR_BROUTING");
        yield hooks;
      }
      default -> List.of();
    };
  }

  private static List<String> internetHooks(String... prefixes) {
    List<String> hooks = new ArrayList<>();
    for (String prefix : prefixes) {
      INTERNET_HOOKS.forEach(hook -> hooks.add(prefix + hook));
    }
    return hooks;
  }
}
