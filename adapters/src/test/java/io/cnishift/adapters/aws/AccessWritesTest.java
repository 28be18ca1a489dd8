package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.AssociateAccessPolicy;
import io.cnishift.api.act.CreateAccessEntry;
import io.cnishift.api.act.DeleteAccessEntry;
import io.cnishift.api.act.DisassociateAccessPolicy;
import io.cnishift.api.cluster.AccessEntry.Policy;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AccessWritesTest {

    private static final String TEAM = "arn:aws:iam::123456789012:role/people/team";
    private static final String VIEW = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
    private static final String LOOK = "eks:DescribeAccessEntry";
    private static final String MAKE = "eks:CreateAccessEntry";
    private static final CreateAccessEntry ENTRY =
            new CreateAccessEntry(TEAM, "team", List.of("devs"), Map.of("team", "a"));

    private final StubAws aws = new StubAws();

    @AfterEach
    void close() {
        aws.close();
    }

    private static StubAws.Reply missing() {
        return StubAws.error(404, "ResourceNotFoundException", "The specified principalArn could not be found.");
    }

    private static StubAws.Reply entry(String username) {
        return StubAws.ok("{\"accessEntry\": {\"principalArn\": \"" + TEAM + "\", \"username\": \"" + username
                + "\", \"kubernetesGroups\": [\"devs\"], \"type\": \"STANDARD\"}}");
    }

    private static void refused(ActResult result, Reason reason) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        ActResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void anEntryIsMadeOnceAndIsForPeople() {
        aws.on(LOOK, missing()).on(MAKE, StubAws.ok("{}"));
        assertThat(aws.port().perform(ENTRY).done()).isTrue();
        assertThat(aws.one(MAKE).json())
                .containsEntry("principalArn", TEAM)
                .containsEntry("type", "STANDARD")
                .containsEntry("username", "team")
                .containsEntry("kubernetesGroups", List.of("devs"))
                .containsEntry("tags", Map.of("team", "a"))
                .containsKey("clientRequestToken");

        aws.on(LOOK, entry("team"));
        assertThat(aws.port().perform(ENTRY).done()).isTrue();
        assertThat(aws.writes()).containsExactly(MAKE);
    }

    @Test
    void whatSomebodyElseMeantStays() {
        aws.on(LOOK, entry("other"));

        refused(aws.port().perform(ENTRY), Reason.EXISTS);

        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void oneThatCameUpMeanwhileIsLookedAt() {
        aws.on(LOOK, missing(), entry("team"))
                .on(MAKE, StubAws.error(409, "ResourceInUseException", "The access entry resource is already in use"));

        assertThat(aws.port().perform(ENTRY).done()).isTrue();
    }

    @Test
    void aGroupOfTheSystemIsRefusedInTheWordsOfEks() {
        aws.on(LOOK, missing())
                .on(
                        MAKE,
                        StubAws.error(
                                400,
                                "InvalidParameterException",
                                "The kubernetes group name system:masters is invalid, it cannot start with system:"));

        assertThat(aws.port().perform(new CreateAccessEntry(TEAM, "team", List.of("system:masters"), Map.of())))
                .isInstanceOfSatisfying(ActResult.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.INVALID);
                    assertThat(refused.message()).contains("cannot start with system:");
                });
    }

    @Test
    void aPolicyHoldsInTheClusterOrInNamespaces() {
        aws.on("eks:AssociateAccessPolicy", StubAws.ok("{}"));
        aws.port().perform(new AssociateAccessPolicy(TEAM, new Policy(VIEW, List.of())));
        assertThat(aws.one("eks:AssociateAccessPolicy").json())
                .isEqualTo(Map.of("policyArn", VIEW, "accessScope", Map.of("type", "cluster")));

        aws.reset();
        aws.on("eks:AssociateAccessPolicy", StubAws.ok("{}"));
        aws.port().perform(new AssociateAccessPolicy(TEAM, new Policy(VIEW, List.of("shop"))));
        assertThat(aws.one("eks:AssociateAccessPolicy").json())
                .containsEntry("accessScope", Map.of("type", "namespace", "namespaces", List.of("shop")));
    }

    @Test
    void whatStoodBeforeSaysWhereAPolicyHeld() {
        AssociateAccessPolicy act = new AssociateAccessPolicy(TEAM, new Policy(VIEW, List.of()));
        aws.on(
                "eks:ListAssociatedAccessPolicies",
                StubAws.ok("{\"associatedAccessPolicies\": [{\"policyArn\": \"" + VIEW
                        + "\", \"accessScope\": {\"type\": \"namespace\", \"namespaces\": [\"shop\"]}}]}"));
        assertThat(aws.port().before(act)).containsEntry("namespaces", List.of("shop"));

        aws.on("eks:ListAssociatedAccessPolicies", missing());
        assertThat(aws.port().before(act)).isEmpty();
    }

    @Test
    void whatIsGoneAlreadyIsTakenAway() {
        aws.on("eks:DeleteAccessEntry", missing()).on("eks:DisassociateAccessPolicy", missing());

        assertThat(aws.port().perform(new DeleteAccessEntry(TEAM)).done()).isTrue();
        assertThat(aws.port().perform(new DisassociateAccessPolicy(TEAM, VIEW)).done())
                .isTrue();
        assertThat(aws.writes()).containsExactly("eks:DeleteAccessEntry", "eks:DisassociateAccessPolicy");
    }
}
