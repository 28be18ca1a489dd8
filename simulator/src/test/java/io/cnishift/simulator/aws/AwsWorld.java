package io.cnishift.simulator.aws;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A world of AWS alone: nothing in it looks at pods. */
final class AwsWorld {

    final Kernel kernel;
    final Cloud cloud;

    private AwsWorld(ClusterSnapshot snapshot, Map<String, String> faults, List<Behaviour> behaviours) {
        kernel = Simulation.open(snapshot, new WorldFactory.Settings(7, faults), behaviours)
                .kernel();
        cloud = Cloud.of(kernel);
    }

    static AwsWorld of(ClusterSnapshot snapshot) {
        return new AwsWorld(snapshot, Map.of(), AwsBehaviours.all());
    }

    static AwsWorld withFault(String name, String value) {
        return new AwsWorld(Clusters.healthy(), Map.of(name, value), AwsBehaviours.all());
    }

    static AwsWorld without(ClusterSnapshot snapshot, String behaviour) {
        return new AwsWorld(snapshot, Map.of(), Simulation.without(AwsBehaviours.all(), behaviour));
    }

    ActResult perform(Act act) {
        return AwsApi.acts(kernel).perform(act).orElseThrow();
    }

    void run(int seconds) {
        kernel.clock().runUntil(kernel.clock().now().plus(Duration.ofSeconds(seconds)));
    }

    NodeGroup group(String name) {
        return cloud.group(name).orElseThrow();
    }

    NodeGroup group() {
        return group(Clusters.GROUP);
    }

    List<Instance> live(String group) {
        return Scaler.live(cloud, group(group));
    }

    List<Instance> live() {
        return live(Clusters.GROUP);
    }

    Optional<Node> node(Instance instance) {
        return kernel.objects().list("Node").stream()
                .map(KubeProjection::node)
                .filter(n -> n.instance().equals(Optional.of(instance.id())))
                .findFirst();
    }
}
