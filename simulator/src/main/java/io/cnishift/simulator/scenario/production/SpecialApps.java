package io.cnishift.simulator.scenario.production;

import static io.cnishift.simulator.scenario.production.AppBuilder.deployment;
import static io.cnishift.simulator.scenario.production.AppBuilder.job;
import static io.cnishift.simulator.scenario.production.AppBuilder.statefulSet;

import io.cnishift.api.cluster.Owner;
import java.util.ArrayList;
import java.util.List;

/** The workloads that make a migration hard, each for a reason of its own. */
final class SpecialApps {

    /** The label that the SecurityGroupPolicy of namespace {@link #LEDGER} selects. */
    static final String CLIENT_LABEL = "example.com/database-client";

    static final String LEDGER = "ledger";
    static final String PAYMENTS = "payments";
    static final String QUORUM = "coordinator";
    static final String DATA = "databases";

    private static final long TWENTY_HOURS = 72_000;
    private static final String DO_NOT_DISRUPT = "karpenter.sh/do-not-disrupt";

    private SpecialApps() {}

    static List<App> all(Shape shape) {
        List<App> all = new ArrayList<>();
        databases(shape, all);
        secured(shape, all);
        undisturbed(shape, all);
        fronts(shape, all);
        all.add(deployment("inference", "vision", shape.of300(6))
                .owner(Owner.Kind.ARGO_CD, "inference")
                .on("gpu")
                .requests("3", "8Gi")
                .serving(8000)
                .build());
        return all;
    }

    /** On EBS: one of three members that may miss one, others that have no budget, and single ones. */
    private static void databases(Shape shape, List<App> all) {
        all.add(statefulSet(DATA, QUORUM, 3)
                .owner(Owner.Kind.ARGO_CD, DATA)
                .on("data")
                .apart()
                .requests("500m", "2Gi")
                .serving(2379)
                .volumes()
                .build());
        for (int i = 1; i <= shape.of300(10); i++) {
            all.add(statefulSet(DATA, "events-" + i, 3)
                    .owner(Owner.Kind.ARGO_CD, DATA)
                    .on("data")
                    .requests("250m", "1Gi")
                    .serving(9092)
                    .volumes()
                    .build());
        }
        for (int i = 1; i <= shape.of300(6); i++) {
            all.add(statefulSet(DATA, "postgres-" + i, 1)
                    .on("data")
                    .requests("250m", "1Gi")
                    .serving(5432)
                    .volumes()
                    .build());
        }
        all.add(statefulSet("monitoring", "prometheus", 2)
                .owner(Owner.Kind.HELM, "monitoring/kube-prometheus-stack")
                .on("data")
                .requests("500m", "2Gi")
                .volumes()
                .build());
    }

    /** With security groups of their own, eight on each node of their group. */
    private static void secured(Shape shape, List<App> all) {
        int pods = 8 * shape.of300(18);
        all.add(deployment(LEDGER, "posting", pods / 2)
                .owner(Owner.Kind.ARGO_CD, LEDGER)
                .on("secured")
                .serving(8080)
                .securityGroups(CLIENT_LABEL, "true")
                .build());
        all.add(deployment(LEDGER, "settlement", pods - pods / 2)
                .owner(Owner.Kind.ARGO_CD, LEDGER)
                .on("secured")
                .securityGroups(CLIENT_LABEL, "true")
                .build());
    }

    /** A Job that has run for six of its twenty hours, and sessions that ask to be left alone. */
    private static void undisturbed(Shape shape, List<App> all) {
        all.add(job("batch", "reindex-2026-11", shape.of300(4), TWENTY_HOURS)
                .on("compute")
                .requests("500m", "1Gi")
                .annotated(DO_NOT_DISRUPT, "true")
                .annotated("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
                .build());
        all.add(deployment("trading", "order-session", shape.of300(6))
                .owner(Owner.Kind.ARGO_CD, "trading")
                .on("general")
                .serving(8080)
                .annotated(DO_NOT_DISRUPT, "true")
                .build());
    }

    /** Behind load balancers, see {@link Front}. */
    private static void fronts(Shape shape, List<App> all) {
        for (String namespace : Front.SHOP) {
            all.add(deployment(namespace, "storefront", shape.of300(6, 2))
                    .owner(Owner.Kind.ARGO_CD, namespace)
                    .on("general")
                    .serving(8080)
                    .build());
        }
        all.add(front("partners", "portal", shape.of300(4, 2)).serving(8080).build());
        all.add(front("edge", "gateway", shape.of300(12, 2)).serving(8443).build());
        all.add(front("edge", "mqtt", shape.of300(6, 2)).serving(8883).build());
    }

    private static AppBuilder front(String namespace, String name, int replicas) {
        return deployment(namespace, name, replicas)
                .owner(Owner.Kind.ARGO_CD, namespace)
                .on("general");
    }
}
