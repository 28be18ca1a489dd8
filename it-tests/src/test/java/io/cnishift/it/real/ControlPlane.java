package io.cnishift.it.real;

import io.cnishift.it.Kubeconfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An etcd and a kube-apiserver of one's own, started from binaries that somebody put into a folder, and on demand the controllers and
 * the scheduler beside them; no nodes.
 */
public final class ControlPlane implements AutoCloseable {
    private static final int TRIES = 300;
    private static final long PAUSE_MILLIS = 200;
    private static final int KEY_BITS = 2048;
    private static final String KEY = "accounts.key";
    private static final String TOKEN = "of-the-test";

    private static final String CONTROLLERS = "kube-controller-manager";
    private static final String SCHEDULER = "kube-scheduler";

    private final List<Process> processes = new ArrayList<>();
    private final Path assets;
    private final Path folder;
    private final Path kubeconfig;

    private ControlPlane(Path assets, Path folder, int port) throws IOException {
        this.assets = assets;
        this.folder = folder;
        kubeconfig = Kubeconfig.in(
                folder, "server: \"https://127.0.0.1:" + port + "\", insecure-skip-tls-verify: true", TOKEN);
    }

    /** Starts both and waits until the server is ready. */
    public static ControlPlane start(Path assets, Path folder) throws IOException {
        int port = freePort();
        ControlPlane plane = new ControlPlane(assets, folder, port);
        try {
            String etcd = "http://127.0.0.1:" + freePort();
            plane.etcd(etcd);
            plane.apiServer(etcd, port);
            plane.awaitReady();
            return plane;
        } catch (IOException | RuntimeException e) {
            plane.close();
            throw e;
        }
    }

    /** Whether the folder has what makes pods of workloads and places them. */
    static boolean controllersIn(Path assets) {
        return Stream.of(CONTROLLERS, SCHEDULER).allMatch(program -> Files.isExecutable(assets.resolve(program)));
    }

    /** Starts controllers and scheduler too, which get on as soon as they can. */
    ControlPlane withControllers() throws IOException {
        controller(CONTROLLERS, "--service-account-private-key-file=" + folder.resolve(KEY));
        controller(SCHEDULER);
        return this;
    }

    private void controller(String program, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--bind-address=127.0.0.1",
                "--secure-port=" + freePort(),
                "--cert-dir=" + folder.resolve(program)));
        arguments.addAll(List.of(more));
        run(program, arguments.toArray(String[]::new));
    }

    public Path kubeconfig() {
        return kubeconfig;
    }

    private void etcd(String url) throws IOException {
        String peers = "http://127.0.0.1:" + freePort();
        run(
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--listen-peer-urls=" + peers,
                "--unsafe-no-fsync");
    }

    private void apiServer(String etcd, int port) throws IOException {
        Path key = Files.writeString(folder.resolve(KEY), key());
        Path tokens = Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",test,test,system:masters\n");
        run(
                "kube-apiserver",
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("certificates"),
                "--token-auth-file=" + tokens,
                "--service-account-issuer=https://127.0.0.1",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key,
                "--service-cluster-ip-range=172.20.0.0/16",
                "--disable-admission-plugins=ServiceAccount");
    }

    private static String key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(assets.resolve(program).toString()));
        command.addAll(List.of(arguments));
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".log").toFile())
                .start());
    }

    private void awaitReady() throws IOException {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .build()) {
            for (int i = 0; i < TRIES; i++) {
                if (ready(client)) {
                    return;
                }
                CompletableFuture.runAsync(
                                () -> {}, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS))
                        .join();
            }
        }
        throw new IOException(
                "kube-apiserver is not ready; it said\n" + Files.readString(folder.resolve("kube-apiserver.log")));
    }

    private static boolean ready(KubernetesClient client) {
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).destroy();
            processes.get(i).onExit().join();
        }
    }
}
