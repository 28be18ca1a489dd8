package io.cnishift.api.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The VPC CNI as it is installed: what its DaemonSet says.
 *
 * @param version image tag of container aws-node without leading v and build suffix, e.g. {@code 1.20.4}
 * @param env environment of container aws-node
 * @param addon whether it is the EKS add-on vpc-cni
 */
public record VpcCni(String version, Map<String, String> env, boolean addon) {

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
                        .map(c -> new VpcCni(
                                version(c), env(c), view.addon("vpc-cni").isPresent())));
    }

    /**
     * Variables that an update of the EKS add-on would not bring to these values, with what stands there: it leaves alone what
     * another field manager set. Empty where the VPC CNI is no add-on.
     *
     * @param wanted an empty value means absent
     */
    public static Map<String, String> kept(View view, Map<String, String> wanted) {
        Map<String, String> kept = new TreeMap<>();
        of(view).filter(VpcCni::addon)
                .ifPresent(cni -> view.awsNode()
                        .ifPresent(daemonSet -> wanted.forEach((name, value) -> {
                            @Nullable String now = cni.env().get(name);
                            if (now != null
                                    && !now.equals(value)
                                    && daemonSet.heldFields().contains(held(name))) {
                                kept.put(name, now);
                            }
                        })));
        return kept;
    }

    private static String held(String variable) {
        return "spec.template.spec.containers[aws-node].env[" + variable + "].value";
    }

    /** Whether the agent that comes with the VPC CNI enforces network policies. */
    public static boolean enforcesPolicies(View view) {
        return view.get(Part.CONFIG_MAPS, ConfigMap.class, "kube-system/amazon-vpc-cni")
                        .filter(map -> "true".equals(map.data().get("enable-network-policy-controller")))
                        .isPresent()
                || view.addon("vpc-cni")
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
