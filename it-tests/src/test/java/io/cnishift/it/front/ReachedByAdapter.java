package io.cnishift.it.front;

import io.cnishift.adapters.kubernetes.ApiServerPort;
import io.cnishift.adapters.kubernetes.KubernetesSide;
import io.cnishift.adapters.reading.WallClock;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.resilience.Limits;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.KubernetesPort;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An API server that a kubeconfig leads to, reached by the adapter of real clusters, and by another client. */
abstract class ReachedByAdapter implements Peer.Site {
    private final List<KubernetesSide> sides = new ArrayList<>();
    private final Path kubeconfig;
    private final ApiServerPort port;
    private final KubernetesClient client;

    ReachedByAdapter(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
        port = opened();
        try {
            Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
            config.setRequestRetryBackoffLimit(0);
            client = new KubernetesClientBuilder().withConfig(config).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ApiServerPort opened() {
        KubernetesSide side = new KubernetesSide(
                ConnectionSettings.builder()
                        .withKubeconfig(Optional.of(kubeconfig))
                        .build(),
                new WallClock(),
                Limits.STANDARD,
                new CallMetrics());
        synchronized (sides) {
            sides.add(side);
        }
        return side.port(() -> {});
    }

    final KubernetesClient client() {
        return client;
    }

    @Override
    public final KubernetesPort port() {
        return port;
    }

    @Override
    public final KubernetesPort another() {
        return opened();
    }

    @Override
    public final ActResult check(Act act) {
        return port.check(act).orElseThrow();
    }

    @Override
    public final void changedByAnother(ObjectRef object, Map<String, Object> patch) {
        ResourceDefinitionContext kind = new ResourceDefinitionContext.Builder()
                .withGroup(object.group())
                .withVersion(object.apiVersion().substring(object.apiVersion().indexOf('/') + 1))
                .withKind(object.kind())
                .withPlural(object.plural())
                .withNamespaced(object.namespace().isPresent())
                .build();
        client.genericKubernetesResources(kind)
                .inNamespace(object.namespace().orElse(""))
                .withName(object.name())
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("another")
                                .build(),
                        Serialization.asJson(patch));
    }

    @Override
    public void close() {
        client.close();
        sides.forEach(KubernetesSide::close);
    }
}
