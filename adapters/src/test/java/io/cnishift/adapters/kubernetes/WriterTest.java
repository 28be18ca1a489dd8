package io.cnishift.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.adapters.FakeTime;
import io.cnishift.adapters.kubernetes.ScriptedServer.Seen;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.resilience.ResilientCalls;
import io.cnishift.adapters.target.ApiServer;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.MigrationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WriterTest {

    private static final String EVICTION = "/api/v1/namespaces/web/pods/api-1/eviction";
    private static final String POD = "/api/v1/namespaces/web/pods/api-1";
    private static final String MAP = "/api/v1/namespaces/web/configmaps/one";
    private static final String NODE = "/api/v1/nodes/one";
    private static final EvictPod EVICT = new EvictPod("web", "api-1", "uid-1", OptionalLong.of(5));
    private static final ObjectRef ONE = ObjectRef.of("v1", "ConfigMap", "web", "one");
    private static final Map<String, Object> OBJECT = Map.of(
            "apiVersion",
            "v1",
            "kind",
            "ConfigMap",
            "metadata",
            Map.of("name", "one", "namespace", "web", "managedFields", List.of(Map.of())),
            "data",
            Map.of("a", "b"));
    private static final Map<String, Object> KEPT =
            Map.of("kind", "ConfigMap", "metadata", Map.of("resourceVersion", "7", "uid", "uid-7"));

    private final ScriptedServer server = new ScriptedServer();
    private final FakeTime time = new FakeTime();
    private final KubernetesSide side = new KubernetesSide(
            ConnectionSettings.none(),
            new Environment(Map.of()),
            () -> new ApiServer(server.url(), ""),
            () -> () -> "token",
            time,
            new CallMetrics());
    private final ApiServerPort port = side.port(() -> {});

    @AfterEach
    void close() {
        side.close();
        server.close();
    }

    private ActResult.Refused refused(Act act) {
        ActResult result = port.perform(act);
        assertThat(result).isInstanceOf(ActResult.Refused.class);
        return (ActResult.Refused) result;
    }

    private Map<String, Object> done(Act act) {
        ActResult result = port.perform(act);
        assertThat(result).isInstanceOf(ActResult.Performed.class);
        return ((ActResult.Performed) result).produced();
    }

    private Seen only(String method, String path) {
        assertThat(server.seen(method, path)).hasSize(1);
        return server.seen(method, path).get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429|TooManyRequests|Cannot evict pod as it would violate the pod's disruption budget.|DisruptionBudget The disruption budget api needs 2 healthy pods and has 2 currently|BUDGET",
                "500||This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.|None none|DOUBLE_BUDGET",
                "404|NotFound|pods \"api-1\" not found|None none|GONE",
                "409|Conflict|Precondition failed: UID in precondition: a, UID in object meta: b|None none|CONFLICT",
                "403|Forbidden|pods \"api-1\" is forbidden: unable to create new content in namespace web because it is being terminated|NamespaceTerminating namespace web is being terminated|BUSY",
                "403|Forbidden|pods \"api-1\" is forbidden: User \"x\" cannot create resource \"pods/eviction\" in API group \"\" in the namespace \"web\"|None none|FORBIDDEN",
                "403|Forbidden|admission webhook \"validate.kyverno.svc\" denied the request: no|None none|ADMISSION",
                "400|BadRequest|admission webhook \"validate.kyverno.svc\" denied the request: no|None none|ADMISSION",
                "500|InternalError|Internal error occurred: failed calling webhook \"x\": failed to call webhook: Post \"https://a.b.svc:443\": context deadline exceeded|None none|ADMISSION",
                "422|Invalid|pods \"api-1\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no|None none|ADMISSION",
                "403|Forbidden|pods \"api-1\" is forbidden: violates PodSecurity \"restricted:latest\": host namespaces|None none|ADMISSION",
                "403|Forbidden|pods \"api-1\" is forbidden: exceeded quota: q, requested: pods=1|None none|ADMISSION",
                "422|Invalid|Pod \"api-1\" is invalid: spec: Forbidden: no|None none|INVALID",
                "422|Invalid|Node \"one\" is invalid: metadata.uid: Invalid value: \"a\": field is immutable|FieldValueInvalid metadata.uid|CONFLICT",
                "415|UnsupportedMediaType|the body of the request was in an unknown format|None none|INVALID",
                "410|Expired|too old resource version|None none|CONFLICT",
            })
    void tellsRefusalsApartAndAsksOnce(int code, String reason, String message, String cause, Reason expected) {
        server.refuse("POST " + EVICTION, code, reason == null ? "" : reason, message, "pods", cause);

        ActResult.Refused refused = refused(EVICT);

        assertThat(refused.reason()).isEqualTo(expected);
        assertThat(refused.message()).contains(message.substring(0, 20));
        only("POST", EVICTION);
    }

    @Test
    void aBudgetIsNamedWithWhatItNeeds() {
        server.refuse(
                "POST " + EVICTION,
                429,
                "TooManyRequests",
                "Cannot evict pod as it would violate the pod's disruption budget.",
                "pods",
                "DisruptionBudget The disruption budget api needs 2 healthy pods and has 2 currently");
        assertThat(refused(EVICT).message())
                .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget. The disruption budget api"
                        + " needs 2 healthy pods and has 2 currently");
    }

    @Test
    void twoBudgetsAreAFailureAlsoWhereTheServerCallsItCreated() {
        server.answer(
                "POST " + EVICTION,
                201,
                ScriptedServer.status(500, "", "This pod has more than one PodDisruptionBudget, which ...", "pods"));
        assertThat(refused(EVICT).reason()).isEqualTo(Reason.DOUBLE_BUDGET);
    }

    @Test
    void aServerThatIsBusyIsAskedAgainForTenSecondsAndThenThrottles() {
        server.refuse("POST " + EVICTION, 429, "TooManyRequests", "Too many requests, please try again later.", "");
        assertThat(refused(EVICT).reason()).isEqualTo(Reason.THROTTLED);
        assertThat(server.seen("POST", EVICTION)).hasSizeGreaterThan(3);
        assertThat(time.passed()).isLessThanOrEqualTo(ResilientCalls.PATIENCE);
    }

    @Test
    void aMissingPermissionIsNamed() {
        server.refuse("POST " + EVICTION, 403, "Forbidden", "pods \"api-1\" is forbidden: User \"x\" cannot", "pods");
        assertThat(refused(EVICT).message())
                .contains("forbids create pods/eviction")
                .contains("User \"x\"");
    }

    @Test
    void anEvictionNamesThePodThatIsMeantAndTellsHowItIsLeft() {
        server.answer("POST " + EVICTION, 201, Map.of("kind", "Status", "status", "Success"))
                .answer("GET " + POD, 200, Map.of("metadata", Map.of("uid", "uid-1", "resourceVersion", "9")));

        assertThat(done(EVICT)).isEqualTo(Map.of("uid", "uid-1", "resourceVersion", "9"));

        Map<String, Object> body = only("POST", EVICTION).body();
        assertThat(Tree.text(body, "deleteOptions", "preconditions", "uid")).contains("uid-1");
        assertThat(Tree.number(body, 0, "deleteOptions", "gracePeriodSeconds")).isEqualTo(5);
    }

    @Test
    void ofANewPodOfThatNameAnEvictionTellsNothing() {
        server.answer("POST " + EVICTION, 201, Map.of("kind", "Status", "status", "Success"))
                .answer("GET " + POD, 200, Map.of("metadata", Map.of("uid", "uid-2", "resourceVersion", "9")));
        assertThat(done(EVICT)).isEmpty();
    }

    @Test
    void appliesUnderItsOwnNameWithoutForceAndWithoutSayingWhoOwnsWhat() {
        server.answer("PATCH " + MAP, 200, KEPT);
        assertThat(done(new ApplyObject(OBJECT))).isEqualTo(Map.of("resourceVersion", "7", "uid", "uid-7"));
        Seen seen = only("PATCH", MAP);
        assertThat(seen.query()).isEqualTo("fieldManager=cnishift");
        assertThat(seen.contentType()).startsWith("application/apply-patch+yaml");
        assertThat(Tree.map(seen.body(), "metadata")).isEqualTo(Map.of("name", "one", "namespace", "web"));
    }

    @Test
    void aConflictOfAnApplyNamesTheManagers() {
        server.refuse(
                "PATCH " + MAP,
                409,
                "Conflict",
                "Apply failed with 1 conflict: conflict with \"eks\": .data.a",
                "",
                "FieldManagerConflict conflict with \"eks\"");
        assertThat(refused(new ApplyObject(OBJECT)))
                .isEqualTo(new ActResult.Refused(
                        Reason.CONFLICT, "Apply failed with 1 conflict: conflict with \"eks\": .data.a"));
    }

    @Test
    void aPatchOfOneVersionCarriesIt() {
        server.answer("PATCH " + MAP, 200, KEPT);
        done(new PatchObject(ONE, PatchType.MERGE, Map.of("data", Map.of("a", "c")), Optional.of("6")));
        Seen seen = only("PATCH", MAP);
        assertThat(seen.contentType()).startsWith("application/merge-patch+json");
        assertThat(Tree.text(seen.body(), "metadata", "resourceVersion")).contains("6");
    }

    @Test
    void uncordoningTakesTheMarkAwayOfOneNode() {
        server.answer("PATCH " + NODE, 200, KEPT);
        done(new UncordonNode("one", "uid-1"));
        Map<String, Object> body = only("PATCH", NODE).body();
        assertThat(Tree.text(body, "metadata", "uid")).contains("uid-1");
        assertThat(Tree.map(body, "spec")).containsEntry("unschedulable", null);
    }

    @Test
    void whatIsGoneNeedNotBeDeleted() {
        assertThat(done(new DeleteObject(ONE, Optional.of("uid-1")))).isEmpty();
        Map<String, Object> body = only("DELETE", MAP).body();
        assertThat(Tree.text(body, "preconditions", "uid")).contains("uid-1");
        assertThat(Tree.text(body, "propagationPolicy")).contains("Background");
    }

    @Test
    void aKindThatIsNotServedIsRefusedByName() {
        ObjectRef other = ObjectRef.of("example.com/v1", "Thing", "web", "one");
        assertThat(refused(new PatchObject(other, PatchType.MERGE, Map.of(), Optional.empty())))
                .isEqualTo(new ActResult.Refused(
                        Reason.INVALID, "no matches for kind \"Thing\" in version \"example.com/v1\" in a namespace"));
        assertThat(port.before(new DeleteObject(other, Optional.empty()))).isEmpty();
        server.discovery("/apis/example.com/v1", "things Thing true");
        assertThat(refused(new PatchObject(other, PatchType.MERGE, Map.of(), Optional.empty()))
                        .reason())
                .isEqualTo(Reason.GONE);
    }

    @Test
    void anAnswerThatWasLostIsAskedForAgain() {
        server.drop("PATCH " + MAP).answer("PATCH " + MAP, 200, KEPT);
        assertThat(done(new ApplyObject(OBJECT))).containsEntry("resourceVersion", "7");
        assertThat(server.seen("PATCH", MAP)).hasSize(2);
    }

    @Test
    void aConflictAfterALostAnswerMayBeOurOwnDoing() {
        server.drop("PATCH " + NODE).refuse("PATCH " + NODE, 409, "Conflict", "the object has been modified", "nodes");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> port.perform(new CordonNode("one", "uid-1")))
                .matches(e -> e.code().equals("CLUSTER-OUTCOME-UNKNOWN") && e.disposition() == Disposition.RETRY);
    }

    @Test
    void aCreationIsNotSentTwice() {
        server.drop("POST /api/v1/namespaces/web/configmaps");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> port.perform(new CreateObject(OBJECT)))
                .matches(e -> e.disposition() == Disposition.RETRY);
        only("POST", "/api/v1/namespaces/web/configmaps");
    }

    @Test
    void ofTwoWhoCreateTheSecondIsTold() {
        server.refuse("POST /api/v1/namespaces/web/configmaps", 409, "AlreadyExists", "already exists", "configmaps");
        assertThat(refused(new CreateObject(OBJECT)).reason()).isEqualTo(Reason.EXISTS);
    }

    @Test
    void whatBecameOfAnActIsUnknownWhenServerErrorsAreAllThatComes() {
        server.refuse("PATCH " + MAP, 500, "InternalError", "etcdserver: request timed out", "");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> port.perform(new ApplyObject(OBJECT)))
                .matches(e -> e.code().equals("CLUSTER-OUTCOME-UNKNOWN") && e.disposition() == Disposition.RETRY)
                .withMessageContaining("etcdserver");
    }

    @Test
    void nothingIsDoneWhereNobodyListens() {
        port.before(EVICT);
        server.close();
        assertThat(refused(EVICT).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void credentialsThatAreNotAcceptedStopTheRunUntilSomebodyCares() {
        server.refuse("GET " + POD, 401, "Unauthorized", "Unauthorized", "")
                .refuse("POST " + EVICTION, 401, "Unauthorized", "Unauthorized", "");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> port.before(EVICT))
                .matches(WriterTest::pauses);
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> port.perform(EVICT))
                .matches(WriterTest::pauses)
                .withMessageContaining("does not accept the credentials");
    }

    private static boolean pauses(MigrationException e) {
        return e.category() == MigrationException.Category.ENVIRONMENT && e.disposition() == Disposition.ASK;
    }

    @Test
    void aCheckIsADryRunForEachVerb() {
        server.answer("PATCH " + MAP, 200, KEPT)
                .answer("PATCH " + NODE, 200, KEPT)
                .answer("POST /api/v1/namespaces/web/configmaps", 201, KEPT)
                .answer("DELETE " + MAP, 200, Map.of("kind", "Status", "status", "Success"))
                .answer("POST " + EVICTION, 201, Map.of("kind", "Status", "status", "Success"));
        for (Act act : List.of(
                new ApplyObject(OBJECT),
                new CordonNode("one", "uid-1"),
                new CreateObject(OBJECT),
                new DeleteObject(ONE, Optional.empty()),
                EVICT)) {
            assertThat(port.check(act)).as("%s", act).get().matches(ActResult::done);
        }
        assertThat(only("PATCH", MAP).query()).contains("dryRun=All");
        assertThat(only("PATCH", NODE).query()).contains("dryRun=All");
        assertThat(only("POST", "/api/v1/namespaces/web/configmaps").query()).contains("dryRun=All");
        assertThat(Tree.texts(only("DELETE", MAP).body(), "dryRun")).containsExactly("All");
        assertThat(Tree.texts(only("POST", EVICTION).body(), "deleteOptions", "dryRun"))
                .containsExactly("All");
    }
}
