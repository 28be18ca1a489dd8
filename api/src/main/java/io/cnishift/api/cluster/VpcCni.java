package io.cnishift.api.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * The VPC CNI as it is installed: what its DaemonSet says.
 *
 * @param version image tag of container aws-node without leading v and build suffix, e.g. {@code 1.20.4}
 * @param env environment of container aws-node
 * @param addon whether it is the EKS add-on vpc-cni
 */
public record VpcCni(String version, Map<String, String> env, boolean addon) {

    private static final String ADDON = "vpc-cni";

    public VpcCni {
        Objects.requireNonNull(version);
        env = Map.copyOf(env);
    }

    /** The VPC CNI of a cluster; empty when it has no aws-node DaemonSet. */
    public static Optional<VpcCni> of(View view) {
        return view.awsNode()
                .flatMap(daemonSet -> Tree.maps(daemonSet.podSpec(), "containers").stream()
                        .filter(c ->
                                Tree.text(c, "name").filter("aws-node"::equals).isPresent())
                        .findFirst()
                        .map(c ->
                                new VpcCni(version(c), env(c), view.addon(ADDON).isPresent())));
    }

    /**
     * Variables that an update of the EKS add-on would not bring to these values, with what stands there: it leaves alone what
     * another field manager set, and what is to go and is neither of its configuration nor its own default. Empty where the VPC CNI
     * is no add-on.
     *
     * @param wanted an empty value means absent
     */
    public static Map<String, String> kept(View view, Map<String, String> wanted) {
        return kept(
                view,
                wanted,
                view.addon(ADDON)
                        .map(a -> Tree.strings(a.configuration(), "env").keySet())
                        .orElse(Set.of()));
    }

    /**
     * The same where that update may have been made.
     *
     * @param configured variables that the configuration had before it
     */
    public static Map<String, String> kept(View view, Map<String, String> wanted, Set<String> configured) {
        Map<String, String> kept = held(view);
        kept.entrySet()
                .removeIf(e -> wanted.getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()));
        kept.putAll(among(
                view,
                (daemonSet, name) -> wanted.getOrDefault(name, "?").isEmpty()
                        && !configured.contains(name)
                        && !daemonSet.eksFields().contains(path(name))));
        return kept;
    }

    /** Variables that another field manager than EKS set on the DaemonSet of the EKS add-on; empty where the VPC CNI is no add-on. */
    public static Map<String, String> held(View view) {
        return among(view, (daemonSet, name) -> daemonSet.heldFields().contains(path(name)));
    }

    private static Map<String, String> among(View view, BiPredicate<Workload, String> which) {
        Map<String, String> some = new TreeMap<>();
        of(view).filter(VpcCni::addon)
                .ifPresent(cni -> view.awsNode().ifPresent(daemonSet -> {
                    some.putAll(cni.env());
                    some.keySet().removeIf(name -> !which.test(daemonSet, name));
                }));
        return some;
    }

    private static String path(String variable) {
        return "spec.template.spec.containers[aws-node].env[" + variable + "].value";
    }

    /** Whether the agent that comes with the VPC CNI enforces network policies. */
    public static boolean enforcesPolicies(View view) {
        return view.get(Part.CONFIG_MAPS, ConfigMap.class, "kube-system/amazon-vpc-cni")
                        .filter(map -> "true".equals(map.data().get("enable-network-policy-controller")))
                        .isPresent()
                || view.addon(ADDON)
                        .flatMap(a -> Tree.text(a.configuration(), "enableNetworkPolicy"))
                        .filter("true"::equals)
                        .isPresent();
    }

    /** Whether this version is that one or later; both compared number by number. */
    public boolean atLeast(String other) {
        String[] mine = version.split("\\.", -1);
        String[] theirs = other.split("\\.", -1);
        for (int i = 0; i < theirs.length; i++) {
            int difference = Integer.compare(i < mine.length ? number(mine[i]) : 0, number(theirs[i]));
            if (difference != 0) {
                return difference > 0;
            }
        }
        return true;
    }

    /** Whether an environment variable is set to true. */
    public boolean on(String variable) {
        return env.getOrDefault(variable, "false").equalsIgnoreCase("true");
    }

    private static String version(Map<String, Object> container) {
        String image = Tree.text(container, "image").orElse("");
        String tag = image.substring(image.lastIndexOf(':') + 1);
        return tag.replaceFirst("^v", "").replaceFirst("-.*$", "");
    }

    private static Map<String, String> env(Map<String, Object> container) {
        Map<String, String> env = new LinkedHashMap<>();
        Tree.maps(container, "env")
                .forEach(e -> Tree.text(e, "value")
                        .ifPresent(value -> env.put(Tree.text(e, "name").orElse(""), value)));
        return env;
    }

    private static int number(String text) {
        String digits = text.replaceAll("[^0-9].*$", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
