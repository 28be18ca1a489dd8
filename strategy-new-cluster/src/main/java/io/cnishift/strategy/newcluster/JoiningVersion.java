package io.cnishift.strategy.newcluster;

import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteTemplateVersion;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TemplateVersion;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The launch template version whose nodes join the second cluster. It is found again by its description, which names migration and step, or
 * by the number that EC2 gave. Launch templates are of the account; the first cluster's groups do not use this version.
 */
record JoiningVersion(MakeGroup group, Progress progress) {

    private MakeGroup.Template template() {
        return group.template().orElseThrow();
    }

    private String description() {
        return progress.migration() + "/" + progress.step();
    }

    /**
     * EKS gives labels and taints to nodes whose template names an image only after they have joined, when pods may be there already: so the
     * user data says them too, where the image is named for the first time.
     */
    CreateTemplateVersion act() {
        boolean own = template().imageId().isPresent();
        return new CreateTemplateVersion(
                template().id(),
                template().source(),
                description(),
                template().imageId(),
                template().maxPods(),
                OptionalInt.empty(),
                own ? group.labels() : Map.of(),
                own ? group.taints() : List.of(),
                MadeTags.of(progress),
                Optional.of(group.second()));
    }

    OptionalLong made(View view) {
        OptionalLong seen = seen(view);
        return seen.isPresent() ? seen : told();
    }

    /** What deletes it, unless it was never made or is gone. */
    Optional<DeleteTemplateVersion> left(View view) {
        OptionalLong version = made(view);
        if (version.isEmpty()) {
            return Optional.empty();
        }
        DeleteTemplateVersion delete = new DeleteTemplateVersion(template().id(), version.getAsLong());
        boolean deleted = seen(view).isEmpty()
                && progress.last(DeleteTemplateVersion.class, delete.target())
                        .filter(e -> e.result().done())
                        .isPresent();
        return deleted ? Optional.empty() : Optional.of(delete);
    }

    private OptionalLong seen(View view) {
        return view.all(Part.LAUNCH_TEMPLATES, TemplateVersion.class).stream()
                .filter(v ->
                        v.template().equals(template().id()) && v.description().equals(description()))
                .mapToLong(TemplateVersion::version)
                .max();
    }

    private OptionalLong told() {
        return progress.all(CreateTemplateVersion.class).stream()
                .mapToLong(e ->
                        e.result().<Long>fold(done -> Tree.number(done.produced(), 0, "version"), refused -> 0L))
                .filter(n -> n > 0)
                .max();
    }
}
