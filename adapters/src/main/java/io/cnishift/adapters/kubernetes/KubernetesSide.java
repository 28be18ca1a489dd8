package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.reading.KubernetesFacts;
import io.cnishift.adapters.reading.Lazy;
import io.cnishift.adapters.reading.PartReader;
import io.cnishift.adapters.reading.Scope;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.resilience.Limits;
import io.cnishift.adapters.resilience.ResilientCalls;
import io.cnishift.adapters.target.ApiServer;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.port.TimeSource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** The API server of one cluster. Nothing is contacted before something is asked. */
public final class KubernetesSide implements AutoCloseable {

    private final Scope scope = new Scope();
    private final Scope watching = new Scope();
    private final KubeApi api;
    private final KubernetesReader reader;
    private final Lazy<HttpTransport> transport;
    private final ResilientCalls calls;
    private final Supplier<Config> config;

    /**
     * The API server of a cluster.
     *
     * @param server where EKS says that it is; asked when no kubeconfig is used
     * @param tokens tokens for it; likewise
     */
    public KubernetesSide(
            ConnectionSettings settings,
            Environment environment,
            Supplier<ApiServer> server,
            Supplier<Supplier<String>> tokens,
            TimeSource time,
            CallMetrics metrics) {
        this(
                settings,
                environment,
                server,
                tokens,
                new ResilientCalls(time, new KubeFaults(), Limits.STANDARD, metrics));
    }

    /** The API server that a kubeconfig leads to, asked as fast as these limits allow. */
    public KubernetesSide(ConnectionSettings settings, TimeSource time, Limits limits, CallMetrics metrics) {
        this(
                settings,
                Environment.ofProcess(),
                () -> {
                    throw unasked();
                },
                () -> {
                    throw unasked();
                },
                new ResilientCalls(time, new KubeFaults(), limits, metrics));
    }

    private KubernetesSide(
            ConnectionSettings settings,
            Environment environment,
            Supplier<ApiServer> server,
            Supplier<Supplier<String>> tokens,
            ResilientCalls calls) {
        KubeConfigs configs = new KubeConfigs(settings, environment);
        this.config = () ->
                settings.usesKubeconfig() ? configs.fromKubeconfig() : configs.fromEks(server.get(), tokens.get());
        this.transport = new Lazy<>(() -> scope.own(connect(config.get())));
        this.calls = calls;
        this.api = new KubeApi(this::send, calls);
        this.reader = new KubernetesReader(
                api,
                () -> settings.usesKubeconfig()
                        ? Optional.of(configs.fromKubeconfig().getMasterUrl())
                        : Optional.empty());
    }

    private static IllegalStateException unasked() {
        return new IllegalStateException("EKS is not asked where a kubeconfig says where the API server is");
    }

    private Map<String, Object> send(KubeRequest request) {
        return transport.get().send(request);
    }

    /**
     * Reads, follows and changes.
     *
     * @param changed told when a watch brought a change; from any thread
     */
    public ApiServerPort port(Runnable changed) {
        return port(changed, WatchPace.usual(new Random()));
    }

    /** The same with watches that go at that pace. */
    public ApiServerPort port(Runnable changed, WatchPace pace) {
        // Lists of watches are not repeated by the calls: the watches come back by themselves, and share one thread.
        KubeApi once = new KubeApi(this::send, calls::once);
        KubeStreams streams = (path, turn, listener) -> transport.get().open(path, turn, listener);
        Watches watches = watching.own(new Watches(once, streams, pace, changed));
        return new ApiServerPort(reader, watches, new Writer(this::send, calls));
    }

    /** Reads the Kubernetes parts, and the NodePools among the node groups. */
    public PartReader reader() {
        return reader;
    }

    /** What the AWS side wants to know. */
    public KubernetesFacts facts() {
        return reader;
    }

    /** The API itself, for other readers of objects. */
    public KubeApi api() {
        return api;
    }

    /** What the API server says of the network around it. */
    public ServerPaths paths() {
        return new ServerPaths(this::send, api);
    }

    /** A kubeconfig that leads another program here, with credentials that are good for now. It holds secrets. */
    public String kubeconfig() {
        return KubeconfigText.of(config.get());
    }

    static HttpTransport connect(Config config) {
        try {
            String name = config.getTlsServerName();
            JdkHttpClientFactory factory = new JdkHttpClientFactory();
            if (name != null && !name.equals(URI.create(config.getMasterUrl()).getHost())) {
                factory = new NamedTlsFactory(config, name);
                if (config.getHttpsProxy() == null) {
                    config.setMasterUrl(byAddress(config.getMasterUrl()));
                }
            }
            // Handled by the factory, or needless.
            config.setTlsServerName(null);
            HttpClient client = factory.newBuilder(config).build();
            return new HttpTransport(client, config.getMasterUrl(), config.getRequestTimeout());
        } catch (UnknownHostException e) {
            throw new KubeFailure(KubeFailure.NO_ANSWER, "", "unknown host " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new KubeFailure(400, "", "no connection can be set up: " + e.getMessage(), e);
        }
    }

    /** The URL with the address of its host: only then does the JDK announce another name than the URL's. */
    private static String byAddress(String url) throws UnknownHostException {
        URI uri = URI.create(url);
        InetAddress address = InetAddress.getByName(uri.getHost());
        String host = address.getHostAddress().contains(":")
                ? "[" + address.getHostAddress() + "]"
                : address.getHostAddress();
        return uri.getScheme() + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getRawPath();
    }

    /** Ends all watches, then closes all clients. */
    @Override
    public void close() {
        watching.close();
        scope.close();
    }
}
