package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.AuthorizeIngress;
import io.cnishift.api.act.CreateAutoScalingGroup;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.act.DeleteTemplateVersion;
import io.cnishift.api.act.RevokeIngress;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.step.AllowIngress;
import io.cnishift.api.step.MakeNodeGroup;
import io.cnishift.api.step.MakeTemplateVersion;
import io.cnishift.api.step.RemoveNodeGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Security group rules, launch template versions, node groups. */
final class SmallStepsTest {

    private final FakeProgress progress = new FakeProgress();

    private static final AllowIngress RULES = new AllowIngress(
            "sg-1", List.of(Make.rule("udp", 8472, 8472, "sg-1"), Make.rule("tcp", 4240, 4240, "sg-1")));

    @Test
    void addsOnlyTheRulesThatNoOtherIncludes() {
        AllowIngressHandler handler = new AllowIngressHandler();
        Scene scene = Scene.of(Make.securityGroup("sg-1", Make.rule("tcp", 0, 65535, "sg-1")));
        AuthorizeIngress act = (AuthorizeIngress) Scene.act(handler.next(scene.view(), RULES, progress));
        assertThat(act.rules()).containsExactly(Make.rule("udp", 8472, 8472, "sg-1"));
        scene.with(Make.securityGroup("sg-1", Make.rule("-1", -1, -1, "sg-1")));
        assertThat(Scene.done(handler.next(scene.view(), RULES, progress))).startsWith("2 rules");
        scene.with(Make.securityGroup("sg-1", Make.rule("-1", -1, -1, "sg-2")));
        AuthorizeIngress missing = (AuthorizeIngress) Scene.act(handler.next(scene.view(), RULES, progress));
        assertThat(missing.rules()).hasSize(2);
        assertThat(missing.tags()).containsEntry("cnishift.io/migration", "m-1");
    }

    @Test
    void revokesOnlyItsOwnRulesEvenIfTheirOutcomeWasLost() {
        AllowIngressHandler handler = new AllowIngressHandler();
        List<io.cnishift.api.cluster.SecurityGroup.Rule> ours = List.of(Make.rule("udp", 8472, 8472, "sg-1"));
        progress.lost(new AuthorizeIngress("sg-1", ours), Map.of());
        progress.refused(
                new AuthorizeIngress("sg-1", List.of(Make.rule("tcp", 4240, 4240, "sg-1"))),
                ActResult.Reason.EXISTS,
                "somebody's");
        Scene scene = Scene.of(
                Make.securityGroup("sg-1", Make.rule("udp", 8472, 8472, "sg-1"), Make.rule("tcp", 4240, 4240, "sg-1")));
        assertThat(Scene.act(handler.back(scene.view(), RULES, progress))).isEqualTo(new RevokeIngress("sg-1", ours));
        scene.with(Make.securityGroup("sg-1", Make.rule("tcp", 4240, 4240, "sg-1")));
        assertThat(Scene.done(handler.back(scene.view(), RULES, progress))).contains("no rule of ours");
    }

    private static final MakeTemplateVersion VERSION = new MakeTemplateVersion(
            "lt-1",
            3,
            Optional.empty(),
            OptionalInt.of(58),
            OptionalInt.of(2),
            Map.of("a", "b"),
            List.of(),
            Optional.empty());

    @Test
    void makesATemplateVersionOnceAndFindsItByItsDescription() {
        MakeTemplateVersionHandler handler = new MakeTemplateVersionHandler();
        Scene scene = Scene.of(Make.template("lt-1", 3, "workers"), Make.template("lt-2", 9, "m-1/s-1"));
        CreateTemplateVersion act = (CreateTemplateVersion) Scene.act(handler.next(scene.view(), VERSION, progress));
        assertThat(act.description()).isEqualTo("m-1/s-1");
        assertThat(act.source()).isEqualTo(3);
        scene.with(Make.template("lt-1", 4, "m-1/s-1"));
        assertThat(Scene.done(handler.next(scene.view(), VERSION, progress))).isEqualTo("version 4 of lt-1");
    }

    @Test
    void trustsTheNumberThatTheApiGaveWhileTheViewDoesNotShowTheVersion() {
        MakeTemplateVersionHandler handler = new MakeTemplateVersionHandler();
        Scene scene = Scene.of(Make.template("lt-1", 3, "workers"));
        CreateTemplateVersion act = (CreateTemplateVersion) Scene.act(handler.next(scene.view(), VERSION, progress));
        progress.lost(act, Map.of()).later(10);
        assertThat(Scene.acts(handler.next(scene.view(), VERSION, progress))).containsExactly(act);
        progress.ended(act, Map.of(), new ActResult.Performed(Map.of("version", 4L)));
        assertThat(Scene.done(handler.next(scene.view(), VERSION, progress))).isEqualTo("version 4 of lt-1");
        assertThat(Scene.act(handler.back(scene.view(), VERSION, progress)))
                .isEqualTo(new DeleteTemplateVersion("lt-1", 4));
        progress.did(new DeleteTemplateVersion("lt-1", 4), Map.of());
        assertThat(Scene.done(handler.back(scene.view(), VERSION, progress))).contains("no version of ours");
    }

    private static final MakeNodeGroup GROUP =
            new MakeNodeGroup("new", "old", "template", Map.of("a", "b"), List.of(), List.of("subnet-a"), 8);

    @Test
    void makesAnEmptyGroupOfTheSameKindFromTheVersionOfTheTemplateStep() {
        MakeNodeGroupHandler handler = new MakeNodeGroupHandler();
        Scene scene = Scene.of(Make.group("old", 3).build(), Make.template("lt-1", 4, "m-1/template"));
        CreateNodeGroup act = (CreateNodeGroup) Scene.act(handler.next(scene.view(), GROUP, progress));
        assertThat(act.templateVersion()).isEqualTo(OptionalLong.of(4));
        assertThat(List.of(act.minSize(), act.maxSize(), act.desiredSize())).containsExactly(0, 8, 0);
        assertThat(act.tags()).containsEntry("cnishift.io/migration", "m-1");
        scene.with(Make.group("old", 3).kind(NodeGroup.Kind.SELF_MANAGED).build());
        CreateAutoScalingGroup other = (CreateAutoScalingGroup) Scene.act(handler.next(scene.view(), GROUP, progress));
        assertThat(other.templateVersion()).isEqualTo(4);
    }

    @Test
    void waitsForItsGroupAndKnowsItAfterACrash() {
        MakeNodeGroupHandler handler = new MakeNodeGroupHandler();
        Scene scene = Scene.of(
                Make.group("old", 3).build(),
                Make.group("new", 0)
                        .status("CREATING")
                        .tags(Map.of("cnishift.io/migration", "m-1"))
                        .build());
        assertThat(Scene.waiting(handler.next(scene.view(), GROUP, progress))).contains("CREATING");
        scene.with(Make.group("new", 0)
                .tags(Map.of("cnishift.io/migration", "m-1"))
                .build());
        assertThat(Scene.done(handler.next(scene.view(), GROUP, progress))).contains("ACTIVE");
        scene.with(Make.group("new", 0)
                .status("CREATE_FAILED")
                .issues("no subnet")
                .tags(Map.of("cnishift.io/migration", "m-1"))
                .build());
        assertThat(Scene.blocked(handler.next(scene.view(), GROUP, progress))).contains("no subnet");
    }

    @Test
    void doesNotTakeASomebodyElsesGroupForItsOwn() {
        MakeNodeGroupHandler handler = new MakeNodeGroupHandler();
        Scene scene =
                Scene.of(Make.group("old", 3).build(), Make.group("new", 0).build());
        assertThat(Scene.blocked(handler.next(scene.view(), GROUP, progress))).startsWith("STEP-GROUP-EXISTS");
        assertThat(Scene.done(handler.back(scene.view(), GROUP, progress))).contains("no node group new of ours");
    }

    @Test
    void doesNotTakeAGroupForItsOwnBecauseItsMakeWasRefused() {
        MakeNodeGroupHandler handler = new MakeNodeGroupHandler();
        Scene scene = Scene.of(Make.group("old", 3).build(), Make.template("lt-1", 4, "m-1/template"));
        Act act = Scene.act(handler.next(scene.view(), GROUP, progress));
        progress.refused(act, ActResult.Reason.EXISTS, "NodeGroup already exists");
        scene.with(Make.group("new", 0).build());
        assertThat(Scene.blocked(handler.next(scene.view(), GROUP, progress))).startsWith("STEP-GROUP-EXISTS");
        assertThat(Scene.done(handler.back(scene.view(), GROUP, progress))).contains("no node group new of ours");

        progress.did(act, Map.of());
        assertThat(Scene.act(handler.back(scene.view(), GROUP, progress))).isEqualTo(new DeleteNodeGroup("new"));
    }

    @Test
    void doesNotMakeAGroupWithoutTheVersionItShouldStartFrom() {
        Scene scene = Scene.of(Make.group("old", 3).build());
        assertThat(Scene.blocked(new MakeNodeGroupHandler().next(scene.view(), GROUP, progress)))
                .startsWith("STEP-TEMPLATE-UNKNOWN");
    }

    @Test
    void deletesAGroupOnlyWhenItHasNoInstance() {
        RemoveNodeGroupHandler handler = new RemoveNodeGroupHandler();
        RemoveNodeGroup params = new RemoveNodeGroup("old");
        Scene scene = Scene.of(Make.group("old", 1).build(), Make.instance("i-1", "old"));
        assertThat(Scene.blocked(handler.next(scene.view(), params, progress))).contains("1 instance,");
        scene.with(Make.instance("i-1", "old", "a", "terminated", 1));
        assertThat(Scene.act(handler.next(scene.view(), params, progress))).isEqualTo(new DeleteNodeGroup("old"));
        scene.with(Make.group("old", 0).status("DELETING").build());
        assertThat(Scene.waiting(handler.next(scene.view(), params, progress))).contains("being deleted");
        scene.without(Part.NODE_GROUPS, "old");
        assertThat(Scene.done(handler.next(scene.view(), params, progress))).contains("gone");
        progress.did(new DeleteNodeGroup("old"), Map.of());
        assertThat(Scene.blocked(handler.back(scene.view(), params, progress))).startsWith("STEP-GROUP-NOT-RESTORABLE");
    }
}
