package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class UndoTest {

    private static final ObjectRef REF = ObjectRef.of("apps/v1", "Deployment", "web", "api");

    private static Undo.Result undo(PatchType type, Map<String, Object> patch, Map<String, Object> before, Object now) {
        return Undo.of(new PatchObject(REF, type, patch, Optional.empty()), before, cast(now));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object tree) {
        return (Map<String, Object>) tree;
    }

    private static Map<String, Object> spec(Object value) {
        return Map.of("spec", Map.of("x", value));
    }

    private static Map<String, Object> nothing(String key) {
        Map<String, Object> map = new HashMap<>();
        map.put(key, null);
        return map;
    }

    @Test
    void restoresAFieldThatStillHasOurValue() {
        Undo.Result undo = undo(PatchType.MERGE, spec(2), spec(1L), spec(2L));
        assertThat(undo.patch().orElseThrow().patch()).isEqualTo(spec(1L));
        assertThat(undo.changed()).isEmpty();
    }

    @Test
    void takesAFieldAwayThatWasAbsent() {
        Map<String, Object> before = Map.of("spec", Map.of("other", 1));
        Undo.Result undo = undo(PatchType.MERGE, spec(2), before, Map.of("spec", Map.of("other", 1, "x", 2)));
        assertThat(undo.patch().orElseThrow().patch()).isEqualTo(Map.of("spec", nothing("x")));
    }

    @Test
    void takesTheWholeMapAwayWhenAllInItIsOurs() {
        Map<String, Object> patch = Map.of("spec", Map.of("nodeSelector", Map.of("a", "b")));
        Map<String, Object> before = Map.of("spec", Map.of("other", 1));
        Undo.Result alone = undo(PatchType.STRATEGIC, patch, before, patch);
        assertThat(alone.patch().orElseThrow().patch()).isEqualTo(Map.of("spec", nothing("nodeSelector")));
        assertThat(alone.patch().orElseThrow().type()).isEqualTo(PatchType.MERGE);
        Undo.Result shared = undo(
                PatchType.STRATEGIC, patch, before, Map.of("spec", Map.of("nodeSelector", Map.of("a", "b", "c", "d"))));
        assertThat(shared.patch().orElseThrow().patch())
                .isEqualTo(Map.of("spec", Map.of("nodeSelector", nothing("a"))));
    }

    @Test
    void leavesAFieldThatSomebodyChangedWithItsThreeValues() {
        Undo.Result undo = undo(PatchType.MERGE, spec("two"), spec("one"), spec("three"));
        assertThat(undo.patch()).isEmpty();
        assertThat(undo.changed()).hasSize(1);
        Finding finding = undo.changed().get(0);
        assertThat(finding.code()).isEqualTo("STEP-FIELD-CHANGED");
        assertThat(finding.subject()).isEqualTo("Deployment web/api");
        assertThat(finding.message()).isEqualTo("spec.x was 'one' before, was set to 'two' and is now 'three'");
    }

    @Test
    void saysNothingOfAFieldThatIsAsBefore() {
        Undo.Result undo = undo(PatchType.MERGE, spec("two"), spec("one"), spec("one"));
        assertThat(undo.patch()).isEmpty();
        assertThat(undo.changed()).isEmpty();
    }

    @Test
    void putsBackAFieldThatThePatchTookAway() {
        Undo.Result undo = undo(PatchType.MERGE, Map.of("spec", nothing("x")), spec("one"), Map.of("spec", Map.of()));
        assertThat(undo.patch().orElseThrow().patch()).isEqualTo(spec("one"));
    }

    @Test
    void anItemThatComesBackComesBackToItsPlace() {
        Map<String, Object> gone = Map.of("name", "A", "value", "1");
        Map<String, Object> set = Map.of("name", "B", "value", "2");
        Undo.Result undo = undo(
                PatchType.STRATEGIC,
                Map.of("env", List.of(Map.of("name", "B", "value", "3"), Map.of("name", "A", "$patch", "delete"))),
                Map.of("env", List.of(gone, set, Map.of("name", "C", "value", "x"))),
                Map.of("env", List.of(Map.of("name", "B", "value", "3"), Map.of("name", "C", "value", "x"))));
        assertThat(undo.patch().orElseThrow().patch())
                .isEqualTo(Map.of(
                        "env",
                        List.of(gone, set),
                        "$setElementOrder/env",
                        List.of(Map.of("name", "A"), Map.of("name", "B"), Map.of("name", "C"))));
    }

    @Test
    void restoresItemsOfANamedListEachForItself() {
        Map<String, Object> patch =
                containers(List.of(Map.of("name", "a", "image", "new"), Map.of("name", "added", "image", "z")));
        Map<String, Object> before = containers(List.of(
                Map.of("name", "a", "image", "old", "args", List.of("-v")), Map.of("name", "b", "image", "b1")));
        Map<String, Object> now = containers(List.of(
                Map.of("name", "a", "image", "new", "args", List.of("-v")),
                Map.of("name", "b", "image", "b2"),
                Map.of("name", "added", "image", "z")));
        Undo.Result undo = undo(PatchType.STRATEGIC, patch, before, now);
        assertThat(undo.changed()).isEmpty();
        assertThat(undo.patch().orElseThrow().type()).isEqualTo(PatchType.STRATEGIC);
        assertThat(undo.patch().orElseThrow().patch())
                .isEqualTo(containers(
                        List.of(Map.of("name", "a", "image", "old"), Map.of("name", "added", "$patch", "delete"))));
    }

    @Test
    void putsBackANamedItemThatThePatchDeleted() {
        Map<String, Object> before = containers(List.of(Map.of("name", "a", "image", "old")));
        Undo.Result undo = undo(
                PatchType.STRATEGIC,
                containers(List.of(Map.of("name", "a", "$patch", "delete"))),
                before,
                containers(List.of()));
        assertThat(undo.patch().orElseThrow().patch()).isEqualTo(before);
    }

    @Test
    void restoresPortsAsOneValue() {
        Map<String, Object> patch = Map.of("spec", Map.of("ports", List.of(Map.of("port", 443, "targetPort", 10260))));
        Map<String, Object> was = Map.of("spec", Map.of("ports", List.of(Map.of("port", 443, "targetPort", 10250))));
        Map<String, Object> now =
                Map.of("spec", Map.of("ports", List.of(Map.of("port", 443, "targetPort", "10260", "protocol", "TCP"))));
        assertThat(undo(PatchType.STRATEGIC, patch, was, now)
                        .patch()
                        .orElseThrow()
                        .patch())
                .isEqualTo(Map.of(
                        "spec",
                        Map.of(
                                "ports",
                                List.of(Map.of("$patch", "replace"), Map.of("port", 443, "targetPort", 10250)))));
        assertThat(undo(PatchType.STRATEGIC, patch, was, was).patch()).isEmpty();
    }

    @Test
    void knowsPortsForOursOfWhichThePatchDeletedOne() {
        List<Object> before = List.of(Map.of("name", "https", "containerPort", 10250));
        List<Object> ours = List.of(
                Map.of("$patch", "delete", "containerPort", 10250), Map.of("name", "https", "containerPort", 10260));
        Map<String, Object> moved = Map.of("name", "https", "containerPort", 10260, "protocol", "TCP");
        Undo.Result undo = undo(PatchType.STRATEGIC, ports(ours), ports(before), ports(List.of(moved)));
        assertThat(undo.changed()).isEmpty();
        assertThat(undo.patch()).isPresent();

        List<Object> back = List.of(moved, Map.of("name", "old", "containerPort", 10250));
        assertThat(undo(PatchType.STRATEGIC, ports(ours), ports(before), ports(back))
                        .changed())
                .as("somebody opened the deleted port again")
                .isNotEmpty();
    }

    private static Map<String, Object> ports(List<?> ports) {
        return containers(List.of(Map.of("name", "a", "ports", ports)));
    }

    @Test
    void takesWhatTheViewDoesNotShowOfATemplateForOurs() {
        Map<String, Object> patch = template(Map.of("priority", 5));
        Undo.Result undo = undo(PatchType.STRATEGIC, patch, template(Map.of("priority", 3)), template(Map.of()));
        assertThat(undo.patch().orElseThrow().patch()).isEqualTo(template(Map.of("priority", 3)));
    }

    private static Map<String, Object> template(Map<String, Object> podSpec) {
        return Map.of("spec", Map.of("template", Map.of("spec", podSpec)));
    }

    private static Map<String, Object> containers(List<Object> containers) {
        return template(Map.of("containers", containers));
    }
}
