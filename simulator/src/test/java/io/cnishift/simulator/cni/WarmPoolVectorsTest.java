package io.cnishift.simulator.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.capacity.Holding;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.capacity.WarmPool;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pool that ipamd's events lead to is the one that the formulas of api.capacity give. */
final class WarmPoolVectorsTest {

    private static final int SETTLE = 300;
    private static final int HOUR = 3600;

    @ParameterizedTest
    @CsvSource({
        "t3.small, '', 0",
        "t3.small, '', 5",
        "t3.small, '', 9",
        "t3.small, 'WARM_IP_TARGET=1 MINIMUM_IP_TARGET=1', 0",
        "t3.small, 'WARM_IP_TARGET=1 MINIMUM_IP_TARGET=1', 5",
        "t3.small, 'WARM_IP_TARGET=2 MINIMUM_IP_TARGET=5', 0",
        "t3.small, 'WARM_IP_TARGET=2 MINIMUM_IP_TARGET=5', 5",
        "t3.small, 'WARM_IP_TARGET=2 MINIMUM_IP_TARGET=5', 9",
        "t3.small, 'MINIMUM_IP_TARGET=6', 4",
        "p3dn.24xlarge, '', 0",
        "p3dn.24xlarge, '', 3",
        "p3dn.24xlarge, 'WARM_IP_TARGET=5 MINIMUM_IP_TARGET=10', 0",
        "p3dn.24xlarge, 'WARM_IP_TARGET=5 MINIMUM_IP_TARGET=10', 15",
        "p3dn.24xlarge, 'WARM_IP_TARGET=5 MINIMUM_IP_TARGET=10', 45",
        "m5.large, '', 0",
        "m5.large, '', 9",
        "m5.large, '', 10",
        "m5.large, 'MAX_ENI=2', 12",
        "m5.large, 'WARM_ENI_TARGET=0', 8",
        "m5.large, 'WARM_ENI_TARGET=0', 9",
        "m5.large, 'WARM_ENI_TARGET=2', 1",
        "t3.small, 'ENABLE_PREFIX_DELEGATION=true', 0",
        "t3.small, 'ENABLE_PREFIX_DELEGATION=true', 5",
        "t3.small, 'ENABLE_PREFIX_DELEGATION=true', 16",
        "t3.small, 'ENABLE_PREFIX_DELEGATION=true', 17",
        "t3.small, 'ENABLE_PREFIX_DELEGATION=true', 58",
        "t3.small, 'ENABLE_PREFIX_DELEGATION=true WARM_IP_TARGET=1 MINIMUM_IP_TARGET=1', 17",
        "t3.small, 'ENABLE_PREFIX_DELEGATION=true WARM_IP_TARGET=7 MINIMUM_IP_TARGET=20', 0",
        "t3.small, 'ENABLE_PREFIX_DELEGATION=true WARM_IP_TARGET=7 MINIMUM_IP_TARGET=20', 17",
        "t3.small, 'ENABLE_PREFIX_DELEGATION=true WARM_IP_TARGET=7 MINIMUM_IP_TARGET=20', 58",
    })
    void settlesAtWhatTheFormulasSay(String type, String env, int pods) {
        CniWorld world = settled(type, env, pods);

        Holding held = WarmPool.held(settings(env), limits(type), pods, maxPods(world));
        assertThat(world.held(world.node(0))).isEqualTo(held.subnetAddresses()).isPositive();
        assertThat(world.enis(world.node(0))).isEqualTo(held.enis());
    }

    @ParameterizedTest
    @CsvSource({"t3.small, 5", "m5.large, 12", "m5.large, 20"})
    void shrinksToTheSameWhenPodsGo(String type, int pods) {
        CniWorld world = settled(type, "WARM_IP_TARGET=2 MINIMUM_IP_TARGET=3", pods);
        world.endAll(world.node(0));
        world.run(SETTLE);

        Holding held = WarmPool.held(settings("WARM_IP_TARGET=2 MINIMUM_IP_TARGET=3"), limits(type), 0, 110);
        assertThat(world.held(world.node(0))).isEqualTo(held.subnetAddresses());
        assertThat(world.enis(world.node(0))).isEqualTo(held.enis());
    }

    @ParameterizedTest
    @CsvSource({"MAX_ENI=1, 3, 2", "MAX_ENI=1 WARM_ENI_TARGET=0, 3, 1", "MAX_ENI=1 WARM_ENI_TARGET=0, 12, 2"})
    void givesAnIdleInterfaceBackForTheWarmTargetAndNotForTheCap(String env, int pods, int enis) {
        CniWorld world = settled("m5.large", "", pods);
        world.endDaemon("aws-node");
        world.awsNode(world.node(0), all(env));
        world.run(SETTLE);

        assertThat(world.enis(world.node(0))).isEqualTo(enis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean-cluster", "govcloud-26", "minnie-wallace"})
    void anOpenedScenarioThatIdlesKeepsItsFreeAddresses(String scenario) {
        CniWorld world = CniWorld.of(Asked.scenario(scenario));
        Map<String, Integer> before = world.freeAddresses();
        world.run(HOUR);

        assertThat(world.freeAddresses()).isEqualTo(before).isNotEmpty();
    }

    private static CniWorld settled(String type, String env, int pods) {
        CniWorld world = CniWorld.of(
                Clusters.with().nodes(1).instanceType(type).subnetPrefix(24).build());
        String node = world.node(0);
        world.endAll(node);
        world.run(SETTLE);
        world.endDaemon("aws-node");
        world.awsNode(node, all(env));
        world.run(SETTLE);
        for (int i = 0; i < pods; i++) {
            String name = "p" + i;
            if (CniWorld.chosen(world.pod(name, node)).isEmpty()) {
                world.run(30);
                world.retry(name);
            }
            world.run(20);
        }
        world.run(SETTLE);
        return world;
    }

    private static int maxPods(CniWorld world) {
        return Integer.parseInt(io.cnishift.api.cluster.Tree.text(
                        world.kernel.objects().get("Node", "", world.node(0)).orElseThrow(),
                        "status",
                        "capacity",
                        "pods")
                .orElseThrow());
    }

    private static InstanceLimits limits(String type) {
        return InstanceTable.embedded().find(type).orElseThrow();
    }

    private static WarmPoolSettings settings(String env) {
        return WarmPoolSettings.fromEnv(all(env));
    }

    private static Map<String, String> all(String text) {
        Map<String, String> env = new LinkedHashMap<>(Map.of("WARM_ENI_TARGET", "1", "WARM_PREFIX_TARGET", "1"));
        for (String pair : text.split(" ", -1)) {
            if (!pair.isEmpty()) {
                env.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return env;
    }
}
