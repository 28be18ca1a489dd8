package org.example.maxeni;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Caps the interfaces of all nodes.
 *
 * <ol>
 *   <li>aws-node is configured with the variables.
 *   <li>It runs with them on every node.
 *   <li>The subnets have the free addresses that were planned: proof that the interfaces are gone.
 * </ol>
 *
 * Each question is put to the cluster anew, so a process that died here loses nothing.
 */
final class CapInterfacesHandler implements StepHandler<CapInterfaces> {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    @Override
    public StepOutcome next(View view, CapInterfaces params, Progress progress) {
        if (view.awsNode().isEmpty()) {
            return new StepOutcome.Failed("there is no DaemonSet kube-system/aws-node", Disposition.ASK);
        }
        AwsNodeEnv env = new AwsNodeEnv(view);
        Optional<Act> change = env.change(params.env());
        if (change.isPresent()) {
            return new StepOutcome.Perform(
                    List.of(change.get()), "capping the interfaces of nodes at " + params.maxEni());
        }
        if (!env.inForce(params.env())) {
            return new StepOutcome.NotYet(SOON, "waiting until aws-node runs with the cap on every node");
        }
        return missing(view, params)
                .map(subnet -> waitFor(view, subnet, params, progress))
                .orElseGet(() -> new StepOutcome.Done(freed(view, params), List.of()));
    }

    @Override
    public StepOutcome back(View view, CapInterfaces params, Progress progress) {
        Optional<Map<String, String>> before = AwsNodeEnv.before(progress);
        if (before.isEmpty()) {
            return new StepOutcome.Done("nothing was changed", List.of());
        }
        AwsNodeEnv env = new AwsNodeEnv(view);
        Map<String, String> ours = new TreeMap<>(params.env());
        // what somebody has set to something else since is theirs
        ours.entrySet().removeIf(e -> !e.getValue().equals(env.set().getOrDefault(e.getKey(), "")));
        ours.replaceAll((name, value) -> before.get().getOrDefault(name, ""));
        Optional<Act> change = env.change(ours);
        if (change.isPresent()) {
            return new StepOutcome.Perform(List.of(change.get()), "giving aws-node its earlier settings back");
        }
        return env.inForce(ours)
                ? new StepOutcome.Done("aws-node runs with its earlier settings", List.of())
                : new StepOutcome.NotYet(SOON, "waiting until aws-node runs with its earlier settings on every node");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(
                Part.ADDONS,
                Part.WORKLOADS,
                Part.PODS,
                Part.NODES,
                Part.INSTANCES,
                Part.NETWORK_INTERFACES,
                Part.SUBNETS);
    }

    /** The variables as the plan found them: who has set them meanwhile had a reason. */
    @Override
    public List<Fact> facts(View view, CapInterfaces params) {
        Map<String, String> now = VpcCni.of(view).map(VpcCni::env).orElse(Map.of());
        return params.env().keySet().stream()
                .filter(now::containsKey)
                .map(name -> Fact.equal(
                        Part.WORKLOADS + "/DaemonSet/kube-system/aws-node",
                        "podSpec.containers[name=aws-node].env[name=" + name + "].value",
                        now.get(name)))
                .toList();
    }

    /** The first subnet with fewer free addresses than planned. */
    private static Optional<String> missing(View view, CapInterfaces params) {
        return params.freeAddresses().keySet().stream()
                .sorted()
                .filter(subnet -> free(view, subnet) < params.freeAddresses().get(subnet))
                .findFirst();
    }

    private static StepOutcome waitFor(View view, String subnet, CapInterfaces params, Progress progress) {
        String state = "has " + free(view, subnet) + " free addresses of "
                + params.freeAddresses().get(subnet) + " planned";
        Instant since = progress.underWaySince();
        return Duration.between(since, progress.now()).compareTo(PATIENCE) < 0
                ? new StepOutcome.NotYet(LATER, "subnet " + subnet + " " + state)
                : new StepOutcome.Blocked(Code.NOT_FREED.of(
                        "subnet " + subnet,
                        state + " after " + PATIENCE.toMinutes() + " minutes; idle interfaces are on "
                                + idle(view, params.maxEni()),
                        "look who took addresses meanwhile, free some, then resume"));
    }

    private static String idle(View view, int maxEni) {
        String nodes = NodeInterfaces.of(view).stream()
                .filter(n -> n.released(maxEni) > 0)
                .map(NodeInterfaces::node)
                .map(Node::name)
                .collect(Collectors.joining(", "));
        return nodes.isEmpty() ? "no node" : nodes;
    }

    private static String freed(View view, CapInterfaces params) {
        return params.freeAddresses().keySet().stream()
                .sorted()
                .map(subnet -> Count.of(free(view, subnet), "address", "addresses") + " free in " + subnet)
                .collect(Collectors.joining(", "));
    }

    private static int free(View view, String subnet) {
        return view.subnet(subnet).map(Subnet::freeAddresses).orElse(0);
    }
}
