package io.cnishift.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Volume;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PartRecordsTest {

    private static PartRecords of(Part part) {
        return new PartRecords(part, PartLists.of(part).orElseThrow().grouping());
    }

    private static Item item(Part part, int list, Map<String, Object> tree) {
        return PartLists.of(part)
                .orElseThrow()
                .lists()
                .get(list)
                .items()
                .apply(tree)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> slice(String name, String version, String service, String... addresses) {
        return Map.of(
                "apiVersion",
                "discovery.k8s.io/v1",
                "kind",
                "EndpointSlice",
                "metadata",
                Map.of(
                        "name",
                        name,
                        "namespace",
                        "web",
                        "resourceVersion",
                        version,
                        "labels",
                        Map.of("kubernetes.io/service-name", service)),
                "endpoints",
                List.of(Map.of("addresses", List.of(addresses), "conditions", Map.of("ready", true))));
    }

    private static Item shop(String name, String version, String service, String... addresses) {
        return item(Part.ENDPOINTS, 0, slice(name, version, service, addresses));
    }

    private static int endpoints(List<Change> changes) {
        assertThat(changes).hasSize(1);
        return ((Endpoints) changes.get(0).now().orElseThrow()).endpoints().size();
    }

    @Test
    void theEndpointsOfAServiceOutliveOneOfTheirSlices() {
        PartRecords records = of(Part.ENDPOINTS);
        assertThat(endpoints(records.now(shop("a", "1", "api", "10.0.0.1")))).isEqualTo(1);
        assertThat(endpoints(records.now(shop("b", "2", "api", "10.0.0.2")))).isEqualTo(2);
        assertThat(endpoints(records.gone(shop("a", "3", "api")))).isEqualTo(1);
        assertThat(records.gone(shop("b", "4", "api"))).containsExactly(Change.gone(Part.ENDPOINTS, "web/api"));
    }

    @Test
    void aSliceThatIsGivenToAnotherServiceChangesBoth() {
        PartRecords records = of(Part.ENDPOINTS);
        records.now(shop("a", "1", "api", "10.0.0.1"));
        assertThat(records.now(shop("a", "2", "other", "10.0.0.1")))
                .extracting(Change::key, change -> change.now().isPresent())
                .containsExactly(tuple("web/api", false), tuple("web/other", true));
    }

    @Test
    void aSliceOfNoServiceIsNobodysEndpoints() {
        Map<String, Object> metadata = Map.of("name", "a", "namespace", "web", "resourceVersion", "1");
        assertThat(of(Part.ENDPOINTS).now(item(Part.ENDPOINTS, 0, Map.of("metadata", metadata))))
                .isEmpty();
    }

    @Test
    void aListThatIsReadAgainTellsOnlyWhatDiffers() {
        PartRecords records = of(Part.ENDPOINTS);
        String list = KubernetesReader.SLICES.toString();
        records.all(list, List.of(shop("a", "1", "api", "10.0.0.1"), shop("b", "2", "other", "10.0.0.2")));
        assertThat(records.all(list, List.of(shop("a", "1", "api", "10.0.0.1"), shop("b", "2", "other", "10.0.0.2"))))
                .isEmpty();
        assertThat(records.all(list, List.of(shop("b", "3", "other", "10.0.0.2", "10.0.0.3"))))
                .extracting(Change::key)
                .containsExactlyInAnyOrder("web/api", "web/other");
    }

    @Test
    void aVolumeKnowsWhereItIsAttachedWhicheverIsToldFirst() {
        Map<String, Object> volume =
                Map.of("kind", "PersistentVolume", "metadata", Map.of("name", "pv", "resourceVersion", "1"));
        Map<String, Object> attachment = Map.of(
                "kind",
                "VolumeAttachment",
                "metadata",
                Map.of("name", "va", "resourceVersion", "2"),
                "spec",
                Map.of("nodeName", "one", "source", Map.of("persistentVolumeName", "pv")),
                "status",
                Map.of("attached", true));
        PartRecords records = of(Part.VOLUMES);
        assertThat(records.now(item(Part.VOLUMES, 1, attachment))).isEmpty();
        assertThat(node(records.now(item(Part.VOLUMES, 0, volume)))).isEqualTo("one");
        assertThat(node(records.gone(item(Part.VOLUMES, 1, attachment)))).isEmpty();
        assertThat(records.gone(item(Part.VOLUMES, 0, volume))).containsExactly(Change.gone(Part.VOLUMES, "pv"));
    }

    private static String node(List<Change> changes) {
        assertThat(changes).hasSize(1);
        Resource now = changes.get(0).now().orElseThrow();
        return ((Volume) now).attachedTo().orElse("");
    }

    @Test
    void anObjectOfManyRecordsLosesThoseThatItMakesNoLonger() {
        PartRecords records = of(Part.CONTROL_PLANE_CALLS);
        assertThat(records.now(item(Part.CONTROL_PLANE_CALLS, 0, webhooks("1", "a", "b"))))
                .extracting(change -> change.now().isPresent())
                .containsExactly(true, true);
        List<Change> changes = records.now(item(Part.CONTROL_PLANE_CALLS, 0, webhooks("2", "b")));
        assertThat(changes).extracting(change -> change.now().isPresent()).containsExactlyInAnyOrder(false, true);
        assertThat(records.gone(item(Part.CONTROL_PLANE_CALLS, 0, webhooks("3"))))
                .extracting(change -> change.now().isPresent())
                .containsExactly(false);
    }

    private static Map<String, Object> webhooks(String version, String... names) {
        return Map.of(
                "apiVersion",
                "admissionregistration.k8s.io/v1",
                "kind",
                "ValidatingWebhookConfiguration",
                "metadata",
                Map.of("name", "hooks", "resourceVersion", version),
                "webhooks",
                Arrays.stream(names)
                        .map(name -> Map.of(
                                "name",
                                name,
                                "clientConfig",
                                Map.of("service", Map.of("namespace", "web", "name", "hook"))))
                        .toList());
    }
}
