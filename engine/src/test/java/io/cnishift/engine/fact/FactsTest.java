package io.cnishift.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Fact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FactsTest {

    private static final String AWS_NODE = "workloads/DaemonSet/kube-system/aws-node";

    private static View view() {
        ViewFeed feed = new ViewFeed();
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", "aws-node");
        container.put("image", "cni:1.20");
        container.put("ports", List.of(1, 2));
        feed.apply(Change.of(new Workload(
                "DaemonSet",
                "kube-system",
                "aws-node",
                "uid",
                "1",
                1,
                1,
                4,
                4,
                4,
                4,
                "RollingUpdate",
                Optional.empty(),
                Optional.empty(),
                false,
                Map.of(),
                Map.of("k8s-app", "aws-node", "helm.sh/chart", "x"),
                Map.of(),
                Map.of(),
                Map.of("containers", List.of(container), "nodeSelector", Map.of("cni", "vpc")),
                List.of(),
                false,
                List.of(),
                List.of(),
                Owner.NONE)));
        feed.apply(Change.of(new Subnet(
                "subnet-1",
                "one",
                "z",
                Cidr.parse("10.0.0.0/26"),
                17,
                OptionalInt.empty(),
                Optional.empty(),
                false,
                List.of(),
                Map.of())));
        return feed.view();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                AWS_NODE + " | updateStrategy | RollingUpdate",
                "DaemonSet/kube-system/aws-node | desired | 4",
                AWS_NODE + " | paused | false",
                AWS_NODE + " | podSpec.nodeSelector.cni | vpc",
                AWS_NODE + " | podSpec.containers[name=aws-node].image | cni:1.20",
                AWS_NODE + " | podSpec.containers[0].ports[1] | 2",
                AWS_NODE + " | podSpec.containers[0].ports | [1,2]",
                AWS_NODE + " | labels[helm.sh/chart] | x",
                AWS_NODE + " | podSpec.hostNetwork | <absent>",
                AWS_NODE + " | podSpec.containers[3].image | <absent>",
                AWS_NODE + " | maxSurge | <absent>",
                "workloads/DaemonSet/kube-system/other | desired | <absent>",
                "subnets/subnet-1 | freeAddresses | 17",
                "subnets/subnet-1 | cidr | 10.0.0.0/26",
                "subnets | count | 1",
                "nodes | count | 0"
            })
    void readsAnyComponentOfAnyResource(String subject, String field, String value) {
        assertThat(Facts.value(view(), subject, field)).isEqualTo(value);
    }

    @Test
    void writesATreeWithSortedKeysOnOneLine() {
        assertThat(Facts.value(view(), AWS_NODE, "podSpec.containers[0]"))
                .isEqualTo("{\"image\":\"cni:1.20\",\"name\":\"aws-node\",\"ports\":[1,2]}");
    }

    @Test
    void aSecondClusterHasFactsOfItsOwn() {
        ViewFeed beside = new ViewFeed();
        beside.second(view());
        View both = beside.view();
        Fact there = Fact.equal("second-cluster/" + AWS_NODE, "podSpec.nodeSelector.cni", "vpc");

        assertThat(Facts.holds(both, there)).isTrue();
        assertThat(Facts.value(both, AWS_NODE, "name")).isEqualTo(Facts.ABSENT);
        assertThat(Facts.shown(both, there)).isTrue();
        assertThat(Facts.shown(view(), there)).isFalse();
    }

    @Test
    void comparesWithAValueOrABound() {
        assertThat(Facts.holds(view(), Facts.same(view(), AWS_NODE, "podSpec.nodeSelector")))
                .isTrue();
        assertThat(Facts.holds(view(), Fact.equal(AWS_NODE, "podSpec.nodeSelector.cni", "other")))
                .isFalse();
        assertThat(Facts.holds(view(), Fact.atLeast("subnets/subnet-1", "freeAddresses", 17)))
                .isTrue();
        assertThat(Facts.holds(view(), Fact.atLeast("subnets/subnet-1", "freeAddresses", 18)))
                .isFalse();
        assertThat(Facts.holds(view(), Fact.atMost("subnets", "count", 0))).isFalse();
        assertThat(Facts.holds(view(), Fact.atMost("subnets/gone", "freeAddresses", 99)))
                .as("what is not there is within no bound")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..b", ".a", "a.", "[x]", "a.[x]", "a[x", "a]"})
    void refusesAPathThatIsNone(String field) {
        assertThatThrownBy(() -> FieldPath.parse(field)).hasMessageContaining("is no field");
    }
}
