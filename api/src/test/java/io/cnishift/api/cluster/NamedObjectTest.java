package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By what objects are told from one another. */
final class NamedObjectTest {

    @ParameterizedTest
    @CsvSource({
        "v1, Secret, shop, Secret/shop/main",
        "storage.k8s.io/v1, StorageClass, '', StorageClass/main",
        "gateway.networking.k8s.io/v1, Gateway, shop, Gateway/shop/main",
        "networking.istio.io/v1, Gateway, shop, Gateway.networking.istio.io/shop/main",
    })
    void kindsOfOtherGroupsHaveTheirGroup(String apiVersion, String kind, String namespace, String key) {
        assertThat(new NamedObject(apiVersion, kind, namespace, "main", "u", "", false).key())
                .isEqualTo(key);
    }
}
