package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import java.util.List;

/** A view made by hand, and short words for what a handler answered. */
final class Scene {

    private final ViewFeed feed = new ViewFeed();

    static Scene of(Resource... resources) {
        return new Scene().with(resources);
    }

    Scene with(Resource... resources) {
        for (Resource resource : resources) {
            feed.apply(Change.of(resource));
        }
        return this;
    }

    Scene with(List<? extends Resource> resources) {
        resources.forEach(r -> feed.apply(Change.of(r)));
        return this;
    }

    Scene without(Resource resource) {
        feed.apply(Change.gone(resource.part(), resource.key()));
        return this;
    }

    Scene without(Part part, String key) {
        feed.apply(Change.gone(part, key));
        return this;
    }

    View view() {
        return feed.view();
    }

    static List<Act> acts(StepOutcome outcome) {
        assertThat(outcome).isInstanceOf(StepOutcome.Perform.class);
        return ((StepOutcome.Perform) outcome).acts();
    }

    static Act act(StepOutcome outcome) {
        assertThat(acts(outcome)).hasSize(1);
        return acts(outcome).get(0);
    }

    static String done(StepOutcome outcome) {
        assertThat(outcome).isInstanceOf(StepOutcome.Done.class);
        return ((StepOutcome.Done) outcome).detail();
    }

    static String waiting(StepOutcome outcome) {
        assertThat(outcome).isInstanceOf(StepOutcome.NotYet.class);
        return ((StepOutcome.NotYet) outcome).reason();
    }

    /** The code of the finding, its subject and its message. */
    static String blocked(StepOutcome outcome) {
        assertThat(outcome).isInstanceOf(StepOutcome.Blocked.class);
        var finding = ((StepOutcome.Blocked) outcome).finding();
        return finding.code() + " " + finding.subject() + ": " + finding.message();
    }

    static String failed(StepOutcome outcome) {
        assertThat(outcome).isInstanceOf(StepOutcome.Failed.class);
        return ((StepOutcome.Failed) outcome).error();
    }
}
