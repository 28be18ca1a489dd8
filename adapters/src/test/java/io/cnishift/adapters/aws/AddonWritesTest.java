package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.StubAws.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateAddon;
import io.cnishift.api.act.DeleteAddon;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.port.ActResult.Performed;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.ActResult.Refused;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AddonWritesTest {

    private static final String MAKE = "eks:CreateAddon";
    private static final String CHANGE = "eks:UpdateAddon";
    private static final String REMOVE = "eks:DeleteAddon";
    private static final String LOOK = "eks:DescribeAddon";
    private static final String ROLE = "arn:aws:iam::123456789012:role/cni";
    private static final Map<String, Object> CNI = Map.of(
            "addonName", "vpc-cni",
            "addonVersion", "v1.19.0-eksbuild.1",
            "status", "ACTIVE",
            "serviceAccountRoleArn", ROLE,
            "configurationValues", "{\"env\":{\"WARM_IP_TARGET\":\"2\"}}");
    private static final CreateAddon CREATE =
            new CreateAddon("vpc-cni", "v1.19.0-eksbuild.1", Map.of("env", Map.of("A", "1")), Optional.of(ROLE));

    private final StubAws aws = new StubAws();

    @BeforeEach
    void takesEveryChange() {
        aws.on(LOOK, Wire.addon(CNI))
                .on(MAKE, Wire.empty(MAKE))
                .on(CHANGE, Wire.empty(CHANGE))
                .on(REMOVE, Wire.empty(REMOVE));
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void makesTheAddOnThatWasThere() {
        assertThat(aws.port().perform(CREATE)).isEqualTo(new Performed(Map.of("name", "vpc-cni")));
        assertThat(aws.one(MAKE).json())
                .containsEntry("addonName", "vpc-cni")
                .containsEntry("addonVersion", "v1.19.0-eksbuild.1")
                .containsEntry("serviceAccountRoleArn", ROLE)
                .containsEntry("configurationValues", "{\"env\":{\"A\":\"1\"}}")
                .containsEntry("resolveConflicts", "OVERWRITE")
                .containsKey("clientRequestToken");
    }

    @Test
    void anAddOnThatIsMadeAgainHasItsTagsAndThoseOfTheMigration() {
        Map<String, Object> tagged = new HashMap<>(CNI);
        tagged.put("tags", Map.of("team", "net", "aws:cloudformation:stack-name", "eks"));
        aws.on(LOOK, Wire.addon(tagged));
        Act delete = new DeleteAddon("vpc-cni");
        CreateAddon again =
                (CreateAddon) delete.inverse(aws.port().before(delete)).orElseThrow();
        aws.port().perform(again.tagged(Map.of("cnishift.io/migration", "m-1")));

        assertThat(aws.one(MAKE).json()).containsEntry("tags", Map.of("team", "net", "cnishift.io/migration", "m-1"));
    }

    @Test
    void anAddOnThatIsThereExistsAndOneThatGoesIsBusy() {
        aws.on(MAKE, error(409, "ResourceInUseException", "Addon already exists."));
        assertThat(reason(CREATE)).isEqualTo(Reason.EXISTS);
        aws.on(LOOK, Wire.addon(in("DELETING")));
        assertThat(reason(CREATE)).isEqualTo(Reason.BUSY);
    }

    /** Without it EKS lets the add-on use the role of the nodes. */
    @Test
    void anUpdateSaysTheRoleThatIsThere() {
        assertThat(aws.port()
                        .perform(new UpdateAddon("vpc-cni", Map.of("env", Map.of("A", "1"))))
                        .done())
                .isTrue();
        assertThat(aws.one(CHANGE).json())
                .containsEntry("serviceAccountRoleArn", ROLE)
                .containsEntry("configurationValues", "{\"env\":{\"A\":\"1\"}}")
                .containsEntry("resolveConflicts", "PRESERVE")
                .doesNotContainKeys("addonVersion", "podIdentityAssociations");
    }

    @Test
    void anUpdateChangesVersionAndRole() {
        aws.port()
                .perform(new UpdateAddon(
                        "vpc-cni", Map.of(), Optional.of("v1.21.0-eksbuild.1"), Optional.of("arn:new")));
        aws.port().perform(new UpdateAddon("vpc-cni", Map.of(), Optional.empty(), Optional.of("")));

        assertThat(aws.asked(CHANGE).get(0).json())
                .containsEntry("addonVersion", "v1.21.0-eksbuild.1")
                .containsEntry("serviceAccountRoleArn", "arn:new");
        assertThat(aws.asked(CHANGE).get(1).json()).doesNotContainKeys("addonVersion", "serviceAccountRoleArn");
    }

    @Test
    void anAddOnThatChangesIsBusyAndOneThatIsNotThereGone() {
        aws.on(LOOK, Wire.addon(in("UPDATING")));
        assertThat(reason(new UpdateAddon("vpc-cni", Map.of()))).isEqualTo(Reason.BUSY);
        aws.on(LOOK, Wire.gone("eks:"));
        assertThat(reason(new UpdateAddon("vpc-cni", Map.of()))).isEqualTo(Reason.GONE);
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void valuesThatTheSchemaRefusesAreInvalid() {
        aws.on(
                CHANGE,
                error(400, "InvalidParameterException", "ConfigurationValue provided in request is not supported"));
        assertThat(reason(new UpdateAddon("vpc-cni", Map.of("x", 1)))).isEqualTo(Reason.INVALID);
    }

    @Test
    void deletesOnceAndThenFindsItDone() {
        aws.on(LOOK, Wire.addon(CNI), Wire.addon(in("DELETING")), Wire.gone("eks:"));
        for (int i = 0; i < 3; i++) {
            assertThat(aws.port().perform(new DeleteAddon("vpc-cni")).done()).isTrue();
        }
        assertThat(aws.asked(REMOVE)).hasSize(1);
    }

    @Test
    void whatItTellsBeforeMakesTheSameAddOnAgain() {
        Act delete = new DeleteAddon("vpc-cni");
        assertThat(delete.inverse(aws.port().before(delete)))
                .contains(new CreateAddon(
                        "vpc-cni",
                        "v1.19.0-eksbuild.1",
                        Map.of("env", Map.of("WARM_IP_TARGET", "2")),
                        Optional.of(ROLE)));
    }

    private static Map<String, Object> in(String status) {
        Map<String, Object> addon = new HashMap<>(CNI);
        addon.put("status", status);
        return addon;
    }

    private Reason reason(Act act) {
        return aws.port().perform(act).fold(done -> null, Refused::reason);
    }
}
