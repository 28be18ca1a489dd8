package io.cnishift.strategy.chaining;

import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.step.RestartWorkloads;
import io.cnishift.api.step.RestoreWorkloads;
import io.cnishift.api.step.RunProbes;
import io.cnishift.cilium.Migration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The phases of chaining: Cilium beside the VPC CNI, every workload restarted so that its pods become endpoints, the proof that
 * they are, and only then policies. The VPC CNI's own policy agent goes first.
 *
 * <p>The way back is not the mirror of it: pods are restarted once Cilium is gone, not while it is still there. So the step that
 * restores them stands before the installation.
 */
record ChainingPlan(Chart chart, Restarts restarts, PolicyAgent policyAgent) {

    private static final String UNCHAIN = "unchain-workloads";
    private static final String RELEASE = Part.RELEASES + "/" + Migration.NAMESPACE + "/" + Migration.RELEASE;
    /** Policies may be away meanwhile, so Jobs that began late are not waited for longer than this. */
    private static final Duration LATER_JOBS = Duration.ofMinutes(10);

    private static final Gate INSTALLED =
            new Gate(List.of("CILIUM-SETTLED", "VPC-CNI-SETTLED", "DNS-ANSWERS", "SERVICES-SERVE"), 2);
    private static final Gate RESTARTED =
            new Gate(List.of(ChainTaken.CODE, CurrentConflist.CODE, "DNS-ANSWERS", "SERVICES-SERVE"), 2);
    private static final Gate ENFORCED = new Gate(
            List.of(
                    "CILIUM-SETTLED",
                    ChainedPods.CODE,
                    CurrentConflist.CODE,
                    "DNS-ANSWERS",
                    "API-SERVER",
                    "SERVICES-SERVE"),
            2);

    List<Phase> phases() {
        List<Phase> phases = new ArrayList<>();
        boolean waits = chart.options().jobs() == ChainingOptions.Jobs.WAIT;
        List<Step> preflight = new ArrayList<>(List.of(StepDraft.preflight()));
        if (waits) {
            preflight.add(awaitJobs());
        }
        phases.add(new Phase("preflight", preflight));
        if (!policyAgent.off().isEmpty()) {
            phases.add(new Phase("policy-agent", policyAgent.off()));
        }
        phases.add(new Phase("install", List.of(unchain(), install())));
        List<Step> restarted = new ArrayList<>();
        restarts.byNamespace().forEach((namespace, workloads) -> restarted.add(restart(namespace, workloads)));
        if (waits) {
            restarted.add(awaitLaterJobs());
        }
        restarted.add(prove());
        phases.add(new Phase("chain-pods", restarted));
        phases.add(new Phase(
                "steady",
                Stream.concat(policyAgent.restored().stream(), Stream.of(enforce()))
                        .toList()));
        return phases;
    }

    private Step awaitJobs() {
        return awaiting(
                "await-jobs",
                new AwaitJobs(chart.options().jobLimit(), AwaitJobs.Otherwise.STOP),
                "a pod of a Job is no endpoint before it ends, and no policy should be away for as long as that takes");
    }

    private static Step awaitLaterJobs() {
        return awaiting(
                "await-later-jobs",
                new AwaitJobs(LATER_JOBS, AwaitJobs.Otherwise.GO_ON),
                "Jobs may have begun since the first wait and before Cilium was there");
    }

    private static Step awaiting(String id, AwaitJobs params, String why) {
        return Step.of(id, AwaitJobs.KIND, params, why, List.of(), "nothing to take back: it only waits");
    }

    private Step unchain() {
        return StepDraft.of(
                UNCHAIN,
                new RestoreWorkloads(restarts.byNamespace().keySet().stream()
                        .map(ChainingPlan::restartId)
                        .toList()),
                "on the way back pods are to start anew once Cilium is gone, not before",
                List.of(),
                "the workloads are restarted without Cilium, by taking the annotation off again");
    }

    private Step install() {
        return StepDraft.of(
                        "install-cilium",
                        chart.joining(),
                        "agents stand behind aws-node on every node; pods that run are left as they are, and no policy counts",
                        List.of(RELEASE),
                        "agents are told to take their configuration with them, then the release is uninstalled")
                .gated(INSTALLED);
    }

    private static Step restart(String namespace, List<String> workloads) {
        return StepDraft.of(
                        restartId(namespace),
                        new RestartWorkloads(workloads, true, UNCHAIN),
                        "a pod becomes an endpoint of Cilium when it starts",
                        workloads.stream().map(w -> Part.WORKLOADS + "/" + w).toList(),
                        "they are restarted once Cilium is gone, by " + UNCHAIN)
                .gated(RESTARTED);
    }

    private static Step prove() {
        return StepDraft.of(
                "prove-endpoints",
                new RunProbes(List.of(ChainedPods.CODE), 2),
                "a pod that is no endpoint would be dropped as unknown once policies count",
                List.of(),
                "nothing to take back: it only looks");
    }

    private Step enforce() {
        return StepDraft.of(
                        "enforce-policies",
                        chart.enforcing(),
                        "every pod is an endpoint, so policies can count from here on",
                        List.of(RELEASE),
                        "the release gets the values back with which no policy counts")
                .gated(ENFORCED);
    }

    private static String restartId(String namespace) {
        return "restart-" + namespace;
    }
}
