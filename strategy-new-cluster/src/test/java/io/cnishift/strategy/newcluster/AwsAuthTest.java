package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.AccessEntry;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.strategy.newcluster.AwsAuth.Person;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AwsAuthTest {

    private static final String NODES = """
            - groups:
              - system:bootstrappers
              - system:nodes
              rolearn: arn:aws:iam::444455556666:role/nodes
              username: system:node:{{EC2PrivateDNSName}}
            """;

    private static List<Person> people(Map<String, String> data, Resource... more) {
        return AwsAuth.people(view(data, more));
    }

    private static View view(Map<String, String> data, Resource... more) {
        ClusterSnapshot clean = Asked.scenario("clean-cluster");
        List<Resource> all = Stream.concat(
                        Stream.concat(
                                clean.resources().filter(r -> !r.key().equals("kube-system/aws-auth")),
                                Stream.of(new ConfigMap("kube-system", "aws-auth", data))),
                        Stream.of(more))
                .toList();
        return View.of(ClusterSnapshot.of(clean.source(), clean.takenAt(), all, List.of()));
    }

    @Test
    void listsAsPeopleWriteThemAreUnderstoodWithoutTheNodes() {
        assertThat(people(Map.of("mapRoles", NODES + """
                # the team
                - rolearn: arn:aws:iam::444455556666:role/team
                  username: "team:{{SessionName}}"
                  groups:
                    - developers # and no more
                    - 'readers'
                - rolearn: 'arn:aws:iam::444455556666:role/ops'
                  username: ops team
                  groups: [system:masters, "auditors"]
                """)))
                .containsExactly(
                        new Person(
                                "arn:aws:iam::444455556666:role/team",
                                "team:{{SessionName}}",
                                List.of("developers", "readers")),
                        new Person(
                                "arn:aws:iam::444455556666:role/ops",
                                "ops team",
                                List.of("system:masters", "auditors")));
    }

    @Test
    void listsAsToolsWriteThemAreUnderstoodToo() {
        assertThat(people(Map.of(
                        "mapRoles",
                        "[{\"rolearn\":\"arn:aws:iam::444455556666:role/nodes\",\"username\":\"system:node:{{EC2PrivateDNSName}}\","
                                + "\"groups\":[\"system:bootstrappers\",\"system:nodes\"]}]",
                        "mapUsers",
                        "[{\"userarn\":\"arn:aws:iam::444455556666:user/ann\",\"groups\":[\"admins\"]}, {\"username\": \"bob\","
                                + " \"userarn\": \"arn:aws:iam::444455556666:user/bob\", \"groups\": []}]")))
                .containsExactly(
                        new Person(
                                "arn:aws:iam::444455556666:user/ann",
                                "arn:aws:iam::444455556666:user/ann",
                                List.of("admins")),
                        new Person("arn:aws:iam::444455556666:user/bob", "bob", List.of()));
    }

    @Test
    void whoHasAnAccessEntryIsNotLetInByIt() {
        assertThat(people(
                        Map.of("mapRoles", "- rolearn: arn:aws:iam::444455556666:role/team\n  username: team\n"),
                        new AccessEntry(
                                "arn:aws:iam::444455556666:role/people/team",
                                "STANDARD",
                                "team",
                                List.of(),
                                List.of(),
                                Map.of())))
                .isEmpty();
    }

    @Test
    void anEntryThatIsNotUnderstoodIsNobodyAndIsTold() {
        View view = view(Map.of("mapRoles", NODES + """
                - rolearn: >-
                    arn:aws:iam::444455556666:role/folded
                  username: folded
                - rolearn: arn:aws:iam::444455556666:role/team
                  username: team
                  groups: *devs
                - rolearn: arn:aws:iam::444455556666:role/ops
                  username: ops
                - {rolearn: arn:aws:iam::444455556666:role/flow, username: "flow:{{SessionName}}", groups: [a, b]}
                - {rolearn: arn:aws:iam::444455556666:role/bare, username: bare:{{SessionName}}}
                """));

        assertThat(AwsAuth.people(view))
                .extracting(Person::username)
                .containsExactly("ops", "flow:{{SessionName}}", "bare:{{SessionName}}");
        assertThat(AwsAuth.unclear(view))
                .containsExactly(
                        "mapRoles: rolearn: >- arn:aws:iam::444455556666:role/folded username: folded",
                        "mapRoles: rolearn: arn:aws:iam::444455556666:role/team username: team groups: *devs");
    }

    @Test
    void wholeAccountsAreTold() {
        assertThat(AwsAuth.unclear(view(Map.of("mapAccounts", "- \"111122223333\"\n- '444455556666' # ours\n"))))
                .containsExactly("mapAccounts: 111122223333, 444455556666");
        assertThat(AwsAuth.unclear(view(Map.of("mapAccounts", "[]\n", "mapUsers", "[]\n"))))
                .isEmpty();
    }

    @Test
    void noEntryHasANameOfTheSystem() {
        assertThat(new Person("arn:1", "system:robot", List.of("a")).entry())
                .isEqualTo("arn:1 in a (no entry gives system:robot)");
        assertThat(new Person("arn:1", "eks:robot", List.of()).entry()).isEqualTo("arn:1 (no entry gives eks:robot)");
    }

    @Test
    void noEntryIsInAGroupOfTheSystem() {
        assertThat(new Person("arn:1", "ann", List.of("a", "system:masters", "system:monitoring")).entry())
                .isEqualTo(
                        "arn:1 as ann in a with policy AmazonEKSClusterAdminPolicy (no entry gives system:monitoring)");
    }
}
