package io.cnishift.engine.step;

import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteTemplateVersion;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TemplateVersion;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Progress;
import java.util.OptionalLong;

/**
 * Launch template versions that steps made: found by the description, which names migration and step, or by the number that
 * the API gave, as long as the view does not show the version.
 */
final class TemplateVersions {

    private TemplateVersions() {}

    static String description(Progress progress) {
        return progress.migration() + "/" + progress.step();
    }

    /** The version that a step made of a template. */
    static OptionalLong made(View view, Progress progress, String template) {
        OptionalLong seen = view.all(Part.LAUNCH_TEMPLATES, TemplateVersion.class).stream()
                .filter(v -> v.template().equals(template) && v.description().equals(description(progress)))
                .mapToLong(TemplateVersion::version)
                .max();
        return seen.isPresent() ? seen : told(progress, template);
    }

    /** The version that a step made, of whatever template. */
    static OptionalLong made(View view, Progress progress) {
        OptionalLong seen = view.all(Part.LAUNCH_TEMPLATES, TemplateVersion.class).stream()
                .filter(v -> v.description().equals(description(progress)))
                .mapToLong(TemplateVersion::version)
                .max();
        return seen.isPresent()
                ? seen
                : progress.all(CreateTemplateVersion.class).stream()
                        .mapToLong(TemplateVersions::number)
                        .filter(n -> n > 0)
                        .max();
    }

    /** Whether that version was deleted again and is not seen any more. */
    static boolean deleted(View view, Progress progress, String template, long version) {
        DeleteTemplateVersion act = new DeleteTemplateVersion(template, version);
        boolean seen = view.get(Part.LAUNCH_TEMPLATES, TemplateVersion.class, template + ":" + version)
                .isPresent();
        return !seen
                && progress.last(DeleteTemplateVersion.class, act.target())
                        .filter(e -> e.result().done())
                        .isPresent();
    }

    private static OptionalLong told(Progress progress, String template) {
        return progress.all(CreateTemplateVersion.class).stream()
                .filter(e -> ((CreateTemplateVersion) e.act()).template().equals(template))
                .mapToLong(TemplateVersions::number)
                .filter(n -> n > 0)
                .max();
    }

    private static long number(Progress.Entry entry) {
        return entry.result()
                .fold((ActResult.Performed done) -> Tree.number(done.produced(), 0, "version"), refused -> 0L);
    }
}
