package io.cnishift.cli.page;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.step.InstallRelease;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A plan for reading: what is done in which order, why, and how it is taken back. */
public final class PlanPage {

    private final MigrationPlan plan;
    private final String digest;
    private final Codec codec;

    private PlanPage(MigrationPlan plan, String digest, Codec codec) {
        this.plan = Objects.requireNonNull(plan);
        this.digest = Objects.requireNonNull(digest);
        this.codec = Objects.requireNonNull(codec);
    }

    /**
     * The whole plan with the chart values of its phases.
     *
     * @param note what was asked for without the caller's writing it
     */
    public static Page of(MigrationPlan plan, String digest, Codec codec, Optional<String> note) {
        PlanPage page = new PlanPage(plan, digest, codec);
        Page.Builder builder = Page.builder();
        page.head(builder);
        note.ifPresent(builder::sentence);
        plan.phases().forEach(phase -> page.phase(builder, phase));
        page.values(builder);
        return builder.build();
    }

    /** The plan in a few lines: what is asked about before a run. */
    public static Page brief(MigrationPlan plan, String digest, Codec codec) {
        PlanPage page = new PlanPage(plan, digest, codec);
        Page.Builder builder = Page.builder();
        page.head(builder);
        Table.Builder table = Table.of("phase", "steps", "points of no return", "by its owner");
        for (MigrationPlan.Phase phase : plan.phases()) {
            table.row(
                    phase.id(),
                    String.join(
                            ", ",
                            phase.steps().stream().map(MigrationPlan.Step::id).toList()),
                    String.join(", ", ids(phase, true)),
                    String.join(", ", ids(phase, false)));
        }
        return builder.table("Phases", table.build()).build();
    }

    private static List<String> ids(MigrationPlan.Phase phase, boolean noReturn) {
        return phase.steps().stream()
                .filter(s -> noReturn ? s.pointOfNoReturn() : s.executor() == Executor.OWNER)
                .map(MigrationPlan.Step::id)
                .toList();
    }

    private void head(Page.Builder page) {
        long steps = plan.phases().stream().mapToLong(p -> p.steps().size()).sum();
        page.heading("Plan " + plan.strategy() + " for " + plan.cluster().name() + " ("
                + plan.cluster().source() + ")");
        page.sentence(Count.of(steps, "step") + " in " + Count.of(plan.phases().size(), "phase") + " for account "
                + plan.cluster().account() + ", " + plan.cluster().region() + ". SHA-256 " + digest + ".");
        if (!plan.options().isEmpty()) {
            page.sentence("Options: "
                    + codec.text(Object.class, plan.options(), Format.JSON_LINE, Style.RESULT)
                            .strip());
        }
        plan.accepted()
                .forEach(c -> page.sentence(
                        "Accepted: " + c.code() + c.subject().map(s -> ", " + s).orElse("")
                                + c.reason().map(r -> ", because " + r).orElse("")));
        if (!plan.holds().isEmpty()) {
            page.sentence("Stops before " + String.join(", ", plan.holds()) + " until 'cnishift resume --past PHASE'.");
        }
        if (!plan.mayRemain().isEmpty()) {
            page.sentence("May stay on the VPC CNI: " + String.join(", ", plan.mayRemain()) + ".");
        }
    }

    private void phase(Page.Builder page, MigrationPlan.Phase phase) {
        Table.Builder table = Table.of("step", "what and why", "way back");
        for (MigrationPlan.Step step : phase.steps()) {
            String kind = step.id().equals(step.kind()) ? "" : "\n(" + step.kind() + ")";
            table.row(
                    step.id() + kind + (step.executor() == Executor.OWNER ? "\n(by its owner)" : ""),
                    step.why() + gate(step) + touched(step.touches()),
                    (step.pointOfNoReturn() ? "POINT OF NO RETURN: " : "") + step.rollback());
        }
        page.table("Phase " + phase.id(), table.build());
    }

    private static String gate(MigrationPlan.Step step) {
        return step.gate()
                .map(g -> "\nGate: " + String.join(", ", g.probes()) + ", " + Count.of(g.passes(), "time"))
                .orElse("");
    }

    private static String touched(List<String> touches) {
        List<String> shown = touches.subList(0, Math.min(3, touches.size()));
        String more = touches.size() > shown.size() ? " and " + (touches.size() - shown.size()) + " more" : "";
        return touches.isEmpty() ? "" : "\nTouches " + String.join(", ", shown) + more;
    }

    /** The values of each release, and of its later phases only what differs from the phase before. */
    private void values(Page.Builder page) {
        Map<String, Map<String, Object>> before = new LinkedHashMap<>();
        for (MigrationPlan.Phase phase : plan.phases()) {
            for (MigrationPlan.Step step : phase.steps()) {
                InstallRelease.in(step.params()).ifPresent(install -> values(page, step, install, before));
            }
        }
    }

    private void values(
            Page.Builder page,
            MigrationPlan.Step step,
            InstallRelease install,
            Map<String, Map<String, Object>> before) {
        String release = install.namespace() + "/" + install.release();
        Map<String, Object> last = before.getOrDefault(release, Map.of());
        Map<String, Object> shown = last.isEmpty() ? install.values() : changed(last, install.values());
        page.heading("Values of " + release + " in step " + step.id() + " (" + install.chart() + " "
                + install.chartVersion() + ")" + (last.isEmpty() ? "" : ": what changes"));
        if (!shown.isEmpty()) {
            page.verbatim(
                    codec.text(Object.class, shown, Format.YAML, Style.RESULT).stripTrailing());
        }
        List<String> gone = gone("", last, install.values());
        if (!gone.isEmpty()) {
            page.sentence("Left to the chart again: " + String.join(", ", gone) + ".");
        }
        if (shown.isEmpty() && gone.isEmpty()) {
            page.sentence("none");
        }
        before.put(release, install.values());
    }

    private static Map<String, Object> changed(Map<String, Object> from, Map<String, Object> to) {
        Map<String, Object> changed = new LinkedHashMap<>();
        to.forEach((key, value) -> {
            Object old = from.get(key);
            if (old instanceof Map<?, ?> a && value instanceof Map<?, ?> b) {
                Map<String, Object> inner = changed(keyed(a), keyed(b));
                if (!inner.isEmpty()) {
                    changed.put(key, inner);
                }
            } else if (!value.equals(old)) {
                changed.put(key, value);
            }
        });
        return changed;
    }

    /** Paths that were set and are not any more. */
    private static List<String> gone(String prefix, Map<String, Object> from, Map<String, Object> to) {
        List<String> gone = new ArrayList<>();
        from.forEach((key, value) -> {
            if (!to.containsKey(key)) {
                gone.add(prefix + key);
            } else if (value instanceof Map<?, ?> a && to.get(key) instanceof Map<?, ?> b) {
                gone.addAll(gone(prefix + key + ".", keyed(a), keyed(b)));
            }
        });
        return gone;
    }

    private static Map<String, Object> keyed(Map<?, ?> map) {
        Map<String, Object> keyed = new LinkedHashMap<>();
        map.forEach((key, value) -> keyed.put(String.valueOf(key), value));
        return keyed;
    }
}
