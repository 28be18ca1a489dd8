package io.cnishift.cilium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ValuesTest {

    @Test
    void setsAndReadsADottedPath() {
        Values values = Values.empty().with("cni.customConf", true).with("cni.exclusive", false);
        assertThat(values.toMap()).isEqualTo(Map.of("cni", Map.of("customConf", true, "exclusive", false)));
        assertThat(values.get("cni.customConf")).contains(true);
        assertThat(values.get("cni")).contains(Map.of("customConf", true, "exclusive", false));
        assertThat(values.get("cni.install")).isEmpty();
        assertThat(values.get("cni.customConf.deeper")).isEmpty();
    }

    @Test
    void mergesMapsAndReplacesListsAsHelmDoes() {
        Values under = Values.of(Map.of("ipam", Map.of("mode", "eni", "list", List.of(1, 2)), "devices", "ens5"));
        Values over = Values.of(Map.of("ipam", Map.of("list", List.of(3)), "devices", Map.of("a", 1)));
        assertThat(under.merge(over).toMap())
                .isEqualTo(Map.of("ipam", Map.of("mode", "eni", "list", List.of(3)), "devices", Map.of("a", 1)));
    }

    @Test
    void keepsTheRestOfAPathTogetherBelowAMapWithFreeKeys() {
        Values values = Values.empty()
                .with("podAnnotations.prometheus.io/scrape", "true")
                .with("operator.nodeSelector.kubernetes.io/os", "linux")
                .with("certgen.annotations.job.helm.sh/hook", "post-install");
        assertThat(values.toMap())
                .isEqualTo(Map.of(
                        "podAnnotations", Map.of("prometheus.io/scrape", "true"),
                        "operator", Map.of("nodeSelector", Map.of("kubernetes.io/os", "linux")),
                        "certgen", Map.of("annotations", Map.of("job", Map.of("helm.sh/hook", "post-install")))));
        assertThat(values.get("podAnnotations.prometheus.io/scrape")).contains("true");
    }

    @Test
    void leavesAreSortedAndTreatListsAndFreeKeyMapsAsOne() {
        Values values = Values.of(Map.of(
                "nodeSelector", Map.of("kubernetes.io/os", "linux"),
                "ipam", Map.of("operator", Map.of("clusterPoolIPv4PodCIDRList", List.of("10.244.0.0/16"))),
                "eni", Map.of("nodeSpec", Map.of())));
        assertThat(values.leaves().keySet())
                .containsExactly("eni.nodeSpec", "ipam.operator.clusterPoolIPv4PodCIDRList", "nodeSelector");
    }

    @Test
    void removesAPathAndTheMapsThatItEmpties() {
        Values values = Values.empty().with("cni.customConf", true).with("bpf.masquerade", true);
        assertThat(values.without("cni.customConf")).isEqualTo(Values.empty().with("bpf.masquerade", true));
        assertThat(values.without("absent.key")).isEqualTo(values);
    }

    @Test
    void isEqualWhateverTheParserMadeOfItsNumbers() {
        Values longs = Values.of(Map.of("a", 24L, "b", Map.of("c", 1.5f), "big", 3_000_000_000L));
        Values ints = Values.of(Map.of("a", 24, "b", Map.of("c", 1.5d), "big", 3_000_000_000L));
        assertThat(longs).isEqualTo(ints).hasSameHashCodeAs(ints);
        assertThat(ints.get("a")).contains(24);
    }

    @Test
    void doesNotChangeWithTheMapThatItWasMadeOf() {
        List<Object> list = new ArrayList<>(List.of("a"));
        Map<String, Object> map = new HashMap<>(Map.of("list", list));
        Values values = Values.of(map);
        list.add("b");
        map.put("more", 1);
        assertThat(values.toMap()).isEqualTo(Map.of("list", List.of("a")));
        assertThatThrownBy(() -> values.toMap().put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void ordersKeysAlphabeticallyOnEveryLevel() {
        Values values = Values.empty().with("z.b", 1).with("z.a", 2).with("a", 3);
        assertThat(values).hasToString("{a=3, z={a=2, b=1}}");
    }

    @Test
    void remembersAKeyThatHoldsNothing() {
        Map<String, Object> map = new HashMap<>();
        map.put("resources", null);
        Values values = Values.of(map);
        assertThat(values.get("resources")).isEmpty();
        assertThat(values.leaves()).containsKey("resources");
    }

    @Test
    void refusesWhatNoValuesFileCanHold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.of(Map.of("a", Map.of("b", new StringBuilder("x")))))
                .withMessageContaining("'a.b'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.of(Map.of("a", Map.of(1, "x"))))
                .withMessageContaining("'a'");
        assertThat(Values.of(Map.of("a", Arrays.asList("x", null))).get("a")).isPresent();
    }
}
