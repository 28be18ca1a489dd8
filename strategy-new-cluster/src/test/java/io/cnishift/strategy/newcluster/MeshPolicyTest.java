package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MeshPolicyTest {

    private static final String CLUSTER = "io.cilium.k8s.policy.cluster";
    private static final Map<String, Object> CART = Map.of("matchLabels", Map.of("app", "cart"));

    private final MeshPolicy mesh = new MeshPolicy("blue", "green", "m1");

    private static NetworkPolicy policy(Map<String, Object> rules) {
        return policy("web", Map.of("matchLabels", Map.of("app", "web")), true, rules);
    }

    private static NetworkPolicy policy(
            String name, Map<String, Object> pods, boolean egress, Map<String, Object> rules) {
        return new NetworkPolicy("shop", name, pods, List.of(), true, egress, rules, Optional.empty(), Map.of());
    }

    private static Map<String, Object> from(Map<String, Object> peer) {
        return Map.of("ingress", List.of(Map.of("from", List.of(peer), "ports", List.of(Map.of("port", 8080)))));
    }

    private Optional<Map<String, Object>> beside(Map<String, Object> rules) {
        return mesh.beside(policy(rules));
    }

    @Test
    void bothEndsNameTheirCluster() {
        Map<String, Object> made = beside(from(Map.of("podSelector", CART))).orElseThrow();

        assertThat(Tree.strings(made, "spec", "podSelector", "matchLabels"))
                .isEqualTo(Map.of("app", "web", CLUSTER, "blue"));
        assertThat(Tree.maps(made, "spec", "ingress"))
                .isEqualTo(List.of(Map.of(
                        "from",
                        List.of(Map.of("podSelector", Map.of("matchLabels", Map.of("app", "cart", CLUSTER, "green")))),
                        "ports",
                        List.of(Map.of("port", 8080)))));
        assertThat(Tree.text(made, "metadata", "name")).contains("cnishift-mesh-web");
    }

    @Test
    void namespacesAreThoseOfTheOtherCluster() {
        Map<String, Object> made =
                beside(from(Map.of("namespaceSelector", Map.of()))).orElseThrow();

        assertThat(Tree.maps(made, "spec", "ingress").get(0).get("from"))
                .isEqualTo(List.of(Map.of(
                        "namespaceSelector",
                        Map.of(),
                        "podSelector",
                        Map.of("matchLabels", Map.of(CLUSTER, "green")))));
    }

    @Test
    void aDirectionWithoutPeersIsNotRestrictedAnew() {
        Map<String, Object> made = beside(Map.of("egress", List.of(Map.of("to", List.of(Map.of("podSelector", CART))))))
                .orElseThrow();

        assertThat(Tree.texts(made, "spec", "policyTypes")).containsExactly("Egress");
    }

    @Test
    void aSectionThatPolicyTypesLeavesOutRestrictsNothingHereEither() {
        Map<String, Object> both = Map.of(
                "ingress",
                List.of(Map.of("from", List.of(Map.of("podSelector", CART)))),
                "egress",
                List.of(Map.of("to", List.of(Map.of("podSelector", CART)))));
        Map<String, Object> made =
                mesh.beside(policy("web", Map.of(), false, both)).orElseThrow();

        assertThat(Tree.texts(made, "spec", "policyTypes")).containsExactly("Ingress");
        assertThat(Tree.map(made, "spec")).doesNotContainKey("egress");
    }

    @Test
    void whatAdmitsNobodyOrEverybodyOrAddressesIsEnough() {
        assertThat(beside(Map.of())).isEmpty();
        assertThat(beside(Map.of("ingress", List.of(Map.of())))).isEmpty();
        assertThat(beside(from(Map.of("ipBlock", Map.of("cidr", "10.0.0.0/8")))))
                .isEmpty();
    }

    @Test
    void whoNamesClustersMeansThem() {
        assertThat(beside(from(Map.of("podSelector", Map.of("matchLabels", Map.of(CLUSTER, "red"))))))
                .isEmpty();
        assertThat(beside(from(Map.of(
                        "podSelector",
                        Map.of("matchExpressions", List.of(Map.of("key", CLUSTER, "operator", "Exists")))))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {239, 240, 253})
    void aLongNameStaysOne(int length) {
        NetworkPolicy named = policy("a".repeat(length), Map.of(), false, from(Map.of("podSelector", CART)));
        String name = MeshPolicy.key(named);

        assertThat(name).hasSizeLessThanOrEqualTo("shop/".length() + 253).startsWith("shop/cnishift-mesh-aaa");
        assertThat(mesh.ours(KubeProjection.networkPolicy(mesh.beside(named).orElseThrow())))
                .isTrue();
    }

    @Test
    void aNameAloneMakesItNobodys() {
        NetworkPolicy web = policy("web", Map.of(), false, from(Map.of("podSelector", CART)));
        NetworkPolicy made = KubeProjection.networkPolicy(mesh.beside(web).orElseThrow());
        NetworkPolicy named = policy("cnishift-mesh-web", Map.of(), false, Map.of());

        assertThat(new MeshPolicy("blue", "green", "m2").ours(made)).isFalse();
        assertThat(mesh.ours(named)).isFalse();
        assertThat(MeshPolicy.there(view(made), web)).contains(made);
        assertThat(MeshPolicy.there(view(named), web)).contains(named);
    }

    private static View view(NetworkPolicy policy) {
        ViewFeed feed = new ViewFeed();
        feed.apply(Change.of(policy));
        return feed.view();
    }
}
