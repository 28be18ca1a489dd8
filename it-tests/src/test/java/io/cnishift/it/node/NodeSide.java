package io.cnishift.it.node;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Stands in for the nodes of a cluster whose control plane is real and whose machines are an emulator's: what kubelets, the VPC CNI,
 * Cilium and the cloud controller would write into the API, is written here, by one thread that looks at everything a few times a
 * second. Containers are not run, and packets not sent: pods that ask the network get the answer that the state of the CNIs
 * amounts to ({@link Reach}).
 *
 * <p>What controllers and the scheduler do is left to them: DaemonSets, Deployments, endpoints, budgets, evictions, taints by
 * condition, garbage collection are the control plane's own.
 */
public final class NodeSide implements AutoCloseable {

    private static final long EVERY_MILLIS = 250;
    private static final long SECONDS_TO_END = 10;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "node side"));
    private final KubernetesClient client;
    private final Networks networks = new Networks();
    private final Registration registration;
    private final Cilium cilium;
    private final Kubelets kubelets;
    private final Future<?> turns;

    private NodeSide(KubernetesClient client, Machines machines) {
        this.client = client;
        Kube kube = new Kube(client);
        Clock clock = Clock.systemUTC();
        registration = new Registration(kube, machines, clock);
        cilium = new Cilium(kube, networks);
        kubelets = new Kubelets(kube, machines, networks, cilium, clock);
        turns = thread.scheduleWithFixedDelay(this::turn, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins; the client stays the caller's to close. */
    public static NodeSide start(KubernetesClient client, Machines machines) {
        return new NodeSide(client, machines);
    }

    private void turn() {
        try {
            Scene scene = Scene.of(client);
            networks.keep(scene);
            registration.turn(scene, networks.wired());
            cilium.turn(scene);
            kubelets.turn(scene);
        } catch (KubernetesClientException | SdkException e) {
            // what was looked at has changed meanwhile: the next turn looks again
            if (!thread.isShutdown()) {
                System.out.println("node side: " + e.getMessage());
            }
        }
    }

    /** Ends; says so when a turn failed by a mistake of its own, after which there was none. */
    @Override
    public void close() throws ExecutionException, InterruptedException {
        boolean broken = turns.isDone();
        thread.shutdownNow();
        if (broken) {
            turns.get();
        }
        thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
    }
}
