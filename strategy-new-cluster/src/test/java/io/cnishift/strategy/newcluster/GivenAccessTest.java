package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.AssociateAccessPolicy;
import io.cnishift.api.act.CreateAccessEntry;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.AccessEntry;
import io.cnishift.api.cluster.AccessEntry.Policy;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.Progress;
import io.cnishift.simulator.kit.Asked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may come into a second cluster that the plan makes. */
final class GivenAccessTest {

    private static final String ACCOUNT = "arn:aws:iam::444455556666:";
    private static final Policy VIEW = policy("AmazonEKSViewPolicy");
    private static final Policy ADMIN = policy("AmazonEKSClusterAdminPolicy", "shop");

    private static Policy policy(String name, String... namespaces) {
        return new Policy("arn:aws:eks::aws:cluster-access-policy/" + name, List.of(namespaces));
    }

    private static AccessEntry entry(String who, String type, List<Policy> policies, Map<String, String> tags) {
        return new AccessEntry(ACCOUNT + who, type, who, List.of("devs"), policies, tags);
    }

    private static ClusterSnapshot granted(List<Resource> more, Unknown... unknown) {
        ClusterSnapshot clean = Asked.scenario("clean-cluster");
        return ClusterSnapshot.of(
                clean.source(),
                clean.takenAt(),
                Stream.concat(
                                clean.resources()
                                        .filter(r -> r.part() != Part.ACCESS_ENTRIES
                                                && !r.key().equals("kube-system/aws-auth")),
                                more.stream())
                        .toList(),
                List.of(unknown));
    }

    private static List<Finding> findings(String code, List<Resource> more, Unknown... unknown) {
        return Asked.assess(new NewClusterStrategy(), granted(more, unknown)).findings().stream()
                .filter(f -> f.code().equals(code))
                .toList();
    }

    private static MakeAccess made(AccessEntry... entries) {
        return (MakeAccess) new GivenAccess(View.of(granted(List.of(entries))), "green")
                .step()
                .orElseThrow()
                .params();
    }

    private static StepOutcome next(List<AccessEntry> wanted, AccessEntry... there) {
        return new MakeAccessHandler()
                .next(
                        View.of(Asked.scenario("clean-cluster"), granted(List.of(there))),
                        new MakeAccess(wanted),
                        new Begun(Instant.EPOCH, List.of()));
    }

    /** What is next once EKS has refused all that was asked for. */
    private static StepOutcome refused(Reason reason, List<AccessEntry> wanted, AccessEntry... there) {
        List<Progress.Entry> asked = ((StepOutcome.Perform) next(wanted, there))
                .acts().stream()
                        .map(act -> new Progress.Entry(
                                act, Map.of(), new ActResult.Refused(reason, "invalid principal"), Instant.EPOCH))
                        .toList();
        return new MakeAccessHandler()
                .next(
                        View.of(Asked.scenario("clean-cluster"), granted(List.of(there))),
                        new MakeAccess(wanted),
                        new Begun(Instant.EPOCH, asked));
    }

    private static List<Act> acts(StepOutcome outcome) {
        return ((StepOutcome.Perform) outcome)
                .acts().stream().map(a -> ((OnSecond) a).act()).toList();
    }

    @Test
    void whatEksBringsItselfIsNotCopiedAndNeitherAreTheTagsOfOwners() {
        assertThat(made(
                                entry(
                                        "role/team",
                                        "STANDARD",
                                        List.of(VIEW),
                                        Map.of("team", "a", "managed-by", "terraform")),
                                entry("role/nodes", "EC2_LINUX", List.of(), Map.of()),
                                entry(
                                        "role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS",
                                        "STANDARD",
                                        List.of(),
                                        Map.of()))
                        .entries())
                .containsExactly(entry("role/team", "STANDARD", List.of(VIEW), Map.of("team", "a")));
    }

    @Test
    void nobodyIsLeftOutWhereEntriesSayEverything() {
        assertThat(findings("NEW-ACCESS", List.of(entry("role/team", "STANDARD", List.of(), Map.of()))))
                .isEmpty();
    }

    @Test
    void whoComesInByAwsAuthIsNamedWithTheEntryThatGivesTheSame() {
        assertThat(findings(
                        "NEW-ACCESS",
                        List.of(new ConfigMap(
                                "kube-system",
                                "aws-auth",
                                Map.of(
                                        "mapUsers",
                                        "- userarn: " + ACCOUNT
                                                + "user/ann\n  username: ann\n  groups:\n  - system:masters\n")))))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .endsWith(": " + ACCOUNT + "user/ann as ann with policy AmazonEKSClusterAdminPolicy");
    }

    @Test
    void entriesThatWereNotReadAreNoneAndThatIsSaid() {
        assertThat(findings("NEW-ACCESS", List.of(), new Unknown(Part.ACCESS_ENTRIES, "", "denied", "allow it")))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.message()).startsWith("access-entries not read: denied");
                    assertThat(f.remedy()).startsWith("allow it; ");
                });
    }

    @Test
    void codeThatKeepsThemKnowsNothingOfTheNewOnes() {
        assertThat(findings(
                        "NEW-ACCESS-IN-CODE",
                        List.of(
                                entry("role/a", "STANDARD", List.of(), Map.of("managed-by", "terraform")),
                                entry("role/b", "STANDARD", List.of(), Map.of()))))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("has the access entries of " + ACCOUNT + "role/a in its code");
    }

    @Test
    void policiesComeOnceThereIsAnEntry() {
        AccessEntry team = entry("role/team", "STANDARD", List.of(VIEW), Map.of("team", "a"));

        assertThat(acts(next(List.of(team)))).singleElement().isInstanceOfSatisfying(CreateAccessEntry.class, act -> {
            assertThat(act.groups()).containsExactly("devs");
            assertThat(act.tags()).containsEntry("team", "a").containsKey("cnishift.io/migration");
        });
        assertThat(acts(next(List.of(team), entry("role/team", "STANDARD", List.of(), Map.of()))))
                .containsExactly(new AssociateAccessPolicy(ACCOUNT + "role/team", VIEW));
        assertThat(next(List.of(team), team)).isInstanceOf(StepOutcome.Done.class);
    }

    @Test
    void whomEksTakesNoEntryForIsLeftOutAndNamed() {
        AccessEntry team = entry("role/team", "STANDARD", List.of(), Map.of());
        AccessEntry gone = entry("role/gone", "STANDARD", List.of(VIEW), Map.of());

        assertThat(refused(Reason.INVALID, List.of(gone, team), team))
                .isInstanceOfSatisfying(
                        StepOutcome.Done.class,
                        done -> assertThat(done.detail())
                                .startsWith(
                                        "1 role or user has access to the second cluster; NEW-ACCESS-REFUSED: EKS refused"
                                                + " access entry of " + ACCOUNT + "role/gone (invalid principal); "));
    }

    @Test
    void oneThatIsRefusedHoldsUpNoOther() {
        AccessEntry team = entry("role/team", "STANDARD", List.of(VIEW), Map.of());
        AccessEntry gone = entry("role/gone", "STANDARD", List.of(), Map.of());
        List<Progress.Entry> asked = List.of(new Progress.Entry(
                ((StepOutcome.Perform) next(List.of(gone))).acts().get(0),
                Map.of(),
                new ActResult.Refused(Reason.INVALID, "invalid principal"),
                Instant.EPOCH));

        StepOutcome outcome = new MakeAccessHandler()
                .next(
                        View.of(Asked.scenario("clean-cluster"), granted(List.of())),
                        new MakeAccess(List.of(gone, team)),
                        new Begun(Instant.EPOCH, asked));

        assertThat(acts(outcome))
                .singleElement()
                .isInstanceOfSatisfying(
                        CreateAccessEntry.class,
                        act -> assertThat(act.principal()).endsWith("role/team"));
    }

    @Test
    void rightsThatAreMissingAreAskedFor() {
        assertThat(refused(Reason.FORBIDDEN, List.of(entry("role/team", "STANDARD", List.of(), Map.of()))))
                .isInstanceOf(StepOutcome.Failed.class);
    }

    @Test
    void whatAwsAuthSaysOtherwiseIsNamedToo() {
        assertThat(findings(
                        "NEW-ACCESS",
                        List.of(new ConfigMap(
                                "kube-system",
                                "aws-auth",
                                Map.of("mapAccounts", "- \"111122223333\"\n", "mapRoles", "- rolearn: *team\n")))))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("mapAccounts: 111122223333; mapRoles: rolearn: *team");
    }

    @Test
    void whoMadeTheClusterGoesOnToAdministerAllOfIt() {
        AccessEntry narrow = entry("role/cnishift", "STANDARD", List.of(ADMIN), Map.of());
        AccessEntry wide = entry("role/cnishift", "STANDARD", List.of(policy("AmazonEKSClusterAdminPolicy")), Map.of());

        assertThat(next(List.of(narrow), wide)).isInstanceOf(StepOutcome.Done.class);
    }
}
