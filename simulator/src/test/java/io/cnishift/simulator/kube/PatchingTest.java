package io.cnishift.simulator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.simulator.ApiRefusal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PatchingTest {

    @Test
    void mergePatchRemovesNullsMergesMapsAndReplacesLists() {
        Map<String, Object> object = Map.of("a", 1, "b", Map.of("c", 1, "d", 2), "l", List.of(1, 2));
        Map<String, Object> nulls = new HashMap<>();
        nulls.put("c", null);

        assertThat(Patching.merge(object, Map.of("b", nulls, "l", List.of(3))))
                .isEqualTo(Map.of("a", 1, "b", Map.of("d", 2), "l", List.of(3)));
    }

    @Test
    void aMapOfStringsThatLosesItsLastEntryIsGoneAndAnyOtherEmptyMapStays() {
        Map<String, Object> nulls = new HashMap<>();
        nulls.put("x", null);
        Map<String, Object> template =
                Map.of("metadata", Map.of("name", "t", "annotations", Map.of("x", "1")), "emptyDir", Map.of("x", "1"));
        Map<String, Object> patch = Map.of("metadata", Map.of("annotations", nulls), "emptyDir", nulls);
        Map<String, Object> left = Map.of("metadata", Map.of("name", "t"), "emptyDir", Map.of());

        assertThat(Patching.merge(template, patch)).isEqualTo(left);
        assertThat(Patching.strategic(template, patch)).isEqualTo(left);
    }

    @Test
    void strategicPatchMergesContainersByNameAndTheirPortsByNumber() {
        Map<String, Object> object =
                spec(container("app", "image", "a:1", "ports", List.of(port(80, "http"), port(443, "https"))));

        Map<String, Object> patched = Patching.strategic(
                object, spec(container("app", "ports", List.of(port(443, "tls"))), container("side", "image", "s:1")));

        assertThat(patched)
                .isEqualTo(spec(
                        container("app", "image", "a:1", "ports", List.of(port(80, "http"), port(443, "tls"))),
                        container("side", "image", "s:1")));
    }

    @Test
    void strategicPatchDeletesAnItemByDirective() {
        Map<String, Object> object = Map.of("env", List.of(env("A", "1"), env("B", "2")));

        assertThat(Patching.strategic(object, Map.of("env", List.of(Map.of("$patch", "delete", "name", "A")))))
                .isEqualTo(Map.of("env", List.of(env("B", "2"))));
    }

    @Test
    void strategicPatchReplacesAListOrAMapByDirective() {
        Map<String, Object> object = Map.of("env", List.of(env("A", "1")), "labels", Map.of("a", "1"));

        assertThat(Patching.strategic(
                        object,
                        Map.of(
                                "env", List.of(env("B", "2"), Map.of("$patch", "replace")),
                                "labels", Map.of("$patch", "replace", "b", "2"))))
                .isEqualTo(Map.of("env", List.of(env("B", "2")), "labels", Map.of("b", "2")));
    }

    @Test
    void tolerationsAndTaintsAreReplacedWholeSinceTheyHaveNoMergeKey() {
        Map<String, Object> taint = Map.of("key", "a", "effect", "NoSchedule");
        Map<String, Object> other = Map.of("key", "b", "effect", "NoSchedule");
        Map<String, Object> object = Map.of("taints", List.of(taint), "tolerations", List.of(taint));

        assertThat(Patching.strategic(object, Map.of("taints", List.of(other), "tolerations", List.of(other))))
                .isEqualTo(Map.of("taints", List.of(other), "tolerations", List.of(other)));
    }

    @Test
    void finalizersAreMergedAsASetAndTakenOutOneByOne() {
        Map<String, Object> object = Map.of("finalizers", List.of("a", "b"));

        assertThat(Patching.strategic(object, Map.of("finalizers", List.of("b", "c"))))
                .isEqualTo(Map.of("finalizers", List.of("a", "b", "c")));
        assertThat(Patching.strategic(object, Map.of("$deleteFromPrimitiveList/finalizers", List.of("a"))))
                .isEqualTo(Map.of("finalizers", List.of("b")));
    }

    @Test
    void retainKeysDropsTheOtherSourceOfAVolume() {
        Map<String, Object> object = Map.of("volumes", List.of(Map.of("name", "v", "emptyDir", Map.of())));

        assertThat(Patching.strategic(
                        object,
                        Map.of(
                                "volumes",
                                List.of(Map.of(
                                        "$retainKeys", List.of("name", "configMap"),
                                        "name", "v",
                                        "configMap", Map.of("name", "c"))))))
                .isEqualTo(Map.of("volumes", List.of(Map.of("name", "v", "configMap", Map.of("name", "c")))));
    }

    @Test
    void refusesAnItemWithoutItsMergeKey() {
        assertThatThrownBy(() -> Patching.strategic(Map.of(), Map.of("env", List.of(Map.of("value", "1")))))
                .isInstanceOf(ApiRefusal.class)
                .hasMessageContaining("declared merge key: name");
    }

    @Test
    void setsTheOrderOfAListAndLeavesOtherItemsWhereTheyStood() {
        Map<String, Object> object = Map.of("env", List.of(env("X", "0"), env("B", "2"), env("Y", "0"), env("C", "3")));
        Map<String, Object> patch = Map.of(
                "env", List.of(env("A", "1")), "$setElementOrder/env", List.of(named("A"), named("C"), named("B")));

        assertThat(Patching.strategic(object, patch))
                .isEqualTo(Map.of(
                        "env", List.of(env("A", "1"), env("X", "0"), env("Y", "0"), env("C", "3"), env("B", "2"))));
    }

    @Test
    void refusesAnOrderThatThePatchItselfDoesNotFollow() {
        Map<String, Object> patch = Map.of(
                "env", List.of(env("A", "1"), env("B", "1")), "$setElementOrder/env", List.of(named("B"), named("A")));

        assertThatThrownBy(() -> Patching.strategic(Map.of(), patch))
                .isInstanceOf(ApiRefusal.class)
                .hasMessageContaining("doesn't match $setElementOrder/env");
    }

    @Test
    void newContentOfAPatchHasNoNullsAndNoDirectives() {
        Map<String, Object> fresh = new HashMap<>(Map.of("name", "app", "$retainKeys", List.of("name")));
        fresh.put("image", null);

        assertThat(Patching.strategic(Map.of(), Map.of("containers", List.of(fresh))))
                .isEqualTo(Map.of("containers", List.of(Map.of("name", "app"))));
    }

    private static Map<String, Object> spec(Map<?, ?>... containers) {
        return Map.of("containers", Arrays.asList(containers));
    }

    private static Map<String, Object> container(String name, Object... fields) {
        Map<String, Object> container = new HashMap<>(Map.of("name", name));
        for (int i = 0; i < fields.length; i += 2) {
            container.put((String) fields[i], fields[i + 1]);
        }
        return container;
    }

    private static Map<String, Object> port(int number, String name) {
        return Map.of("containerPort", number, "name", name);
    }

    private static Map<String, Object> named(String name) {
        return Map.of("name", name);
    }

    private static Map<String, Object> env(String name, String value) {
        return Map.of("name", name, "value", value);
    }
}
