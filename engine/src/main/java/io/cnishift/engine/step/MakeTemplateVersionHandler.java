package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteTemplateVersion;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.MakeTemplateVersion;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Makes a launch template version, found again by its description; the way back deletes it. */
final class MakeTemplateVersionHandler implements StepHandler<MakeTemplateVersion> {

    @Override
    public StepOutcome next(View view, MakeTemplateVersion params, Progress progress) {
        OptionalLong made = TemplateVersions.made(view, progress, params.template());
        if (made.isPresent()) {
            return Outcomes.done("version " + made.getAsLong() + " of " + params.template());
        }
        return new Attempts(progress)
                .perform(
                        "making a version of launch template " + params.template(),
                        new CreateTemplateVersion(
                                params.template(),
                                params.source(),
                                TemplateVersions.description(progress),
                                params.imageId(),
                                params.maxPods(),
                                params.hopLimit(),
                                params.labels(),
                                params.taints(),
                                CreationTags.of(progress),
                                params.joins()));
    }

    @Override
    public StepOutcome back(View view, MakeTemplateVersion params, Progress progress) {
        OptionalLong made = TemplateVersions.made(view, progress, params.template());
        if (made.isEmpty() || TemplateVersions.deleted(view, progress, params.template(), made.getAsLong())) {
            return Outcomes.done("no version of ours is left of " + params.template());
        }
        return new Attempts(progress)
                .perform(
                        "deleting version " + made.getAsLong() + " of " + params.template(),
                        new DeleteTemplateVersion(params.template(), made.getAsLong()));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.LAUNCH_TEMPLATES, Part.NODE_GROUPS);
    }

    /** The version that is copied is the one in force wherever the template is used. */
    @Override
    public List<Fact> facts(View view, MakeTemplateVersion params) {
        return view.nodeGroups().stream()
                .filter(g -> g.launchTemplate()
                        .filter(t -> t.id().equals(params.template()) && t.version() == params.source())
                        .isPresent())
                .map(g -> Fact.equal(
                        "node-groups/" + g.name(), "launchTemplate.version", String.valueOf(params.source())))
                .toList();
    }
}
