package io.cnishift.simulator.cni;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.UninstallRelease;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.HelmPort;
import io.cnishift.api.port.Reading;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Helm against the simulated cluster. It knows the charts of Cilium and of the AWS Load Balancer Controller; a release of any other chart is recorded, has no effect and
 * is named in {@link io.cnishift.simulator.NotModelled}.
 */
record SimHelmPort(Kernel kernel) implements HelmPort {

    private static final Set<String> SETTINGS = Set.of("ConfigMap", "Secret");
    private static final Set<String> KNOWN = Set.of(CiliumChart.NAME, BalancerChart.NAME);

    @Override
    public Reading read(Set<Part> parts) {
        return Cloud.of(kernel).read(own(parts));
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        Set<Part> own = own(parts);
        kernel.watch(own, sink);
        return own;
    }

    @Override
    public Map<String, Object> before(Act act) {
        if (act instanceof UpgradeRelease up) {
            return release(up.namespace(), up.name()).map(SimHelmPort::tree).orElse(Map.of());
        }
        if (act instanceof UninstallRelease down) {
            return release(down.namespace(), down.name()).map(SimHelmPort::tree).orElse(Map.of());
        }
        return Map.of();
    }

    @Override
    public ActResult perform(Act act) {
        try {
            if (act instanceof UpgradeRelease up) {
                return upgrade(up);
            }
            if (act instanceof UninstallRelease down) {
                return uninstall(down);
            }
        } catch (ApiRefusal refusal) {
            return refusal.asResult();
        }
        return new ActResult.Refused(Reason.INVALID, "Helm does not do this: " + act.target());
    }

    private ActResult upgrade(UpgradeRelease act) {
        String chart = chartName(act.chart());
        Optional<Release> before = release(act.namespace(), act.name());
        if (chart.equals(CiliumChart.NAME)) {
            Optional<ReleaseValues> values = ReleaseValues.of(act.chartVersion(), act.values());
            if (values.isEmpty()) {
                return new ActResult.Refused(
                        Reason.INVALID, "chart \"cilium\" version \"" + act.chartVersion() + "\" not found");
            }
            Optional<String> failure = ChartChecks.failure(values.get());
            if (failure.isPresent()) {
                return new ActResult.Refused(Reason.INVALID, "execution error in chart cilium: " + failure.get());
            }
            ModelledValues.others(act.values())
                    .forEach(v -> kernel.notModelled().note("value of chart cilium: " + v));
            new HelmApply(kernel)
                    .apply(
                            before.map(this::rendered).orElse(List.of()),
                            CiliumChart.render(act.namespace(), values.get(), authority()));
        } else if (chart.equals(BalancerChart.NAME)) {
            Optional<String> failure = BalancerChart.failure(act.values());
            if (failure.isPresent()) {
                return new ActResult.Refused(
                        Reason.INVALID, "execution error in chart " + chart + ": " + failure.get());
            }
            new HelmApply(kernel)
                    .apply(
                            before.map(this::rendered).orElse(List.of()),
                            BalancerChart.render(act.namespace(), act.name(), act.values()));
        } else {
            kernel.notModelled().note("chart " + chart);
        }
        int revision = before.map(Release::revision).orElse(0) + 1;
        Cloud.of(kernel)
                .put(new Release(
                        act.namespace(), act.name(), chart, act.chartVersion(), "deployed", revision, act.values()));
        return new ActResult.Performed(Map.of("revision", revision));
    }

    private ActResult uninstall(UninstallRelease act) {
        Optional<Release> release = release(act.namespace(), act.name());
        if (release.isEmpty()) {
            return new ActResult.Refused(
                    Reason.GONE, "uninstall: Release not loaded: " + act.name() + ": release: not found");
        }
        if (KNOWN.contains(release.get().chart())) {
            new HelmApply(kernel).apply(rendered(release.get()), List.of());
        } else {
            kernel.notModelled().note("uninstalling chart " + release.get().chart());
        }
        Cloud.of(kernel).remove(Part.RELEASES, release.get().key());
        return new ActResult.Performed(Map.of());
    }

    /** What releases of the snapshot made bears Helm's marks; of settings snapshots leave them out. */
    void mark() {
        Cloud.of(kernel).view().all(Part.RELEASES, Release.class).stream()
                .flatMap(release -> rendered(release).stream())
                .filter(object -> SETTINGS.contains(String.valueOf(object.get("kind"))))
                .forEach(new HelmApply(kernel)::mark);
    }

    private List<Map<String, Object>> rendered(Release release) {
        if (release.chart().equals(BalancerChart.NAME)) {
            return BalancerChart.render(release.namespace(), release.name(), release.values());
        }
        return release.chart().equals(CiliumChart.NAME)
                ? ReleaseValues.of(release.chartVersion(), release.values())
                        .map(v -> CiliumChart.render(release.namespace(), v, authority()))
                        .orElse(List.of())
                : List.of();
    }

    /** Another one in every cluster. */
    private String authority() {
        return "authority of " + kernel.snapshot().cluster().arn();
    }

    private Optional<Release> release(String namespace, String name) {
        return Cloud.of(kernel).view().get(Part.RELEASES, Release.class, namespace + "/" + name);
    }

    private static Map<String, Object> tree(Release r) {
        return Map.of(
                "namespace", r.namespace(),
                "name", r.name(),
                "chart", r.chart(),
                "chartVersion", r.chartVersion(),
                "status", r.status(),
                "revision", r.revision(),
                "values", r.values());
    }

    /** The last part of a reference, without archive suffix and version. */
    private static String chartName(String reference) {
        String last = reference.substring(reference.lastIndexOf('/') + 1);
        int space = last.lastIndexOf(' ');
        return last.substring(space + 1).replaceFirst("(-v?[0-9][^/]*)?\\.tgz$", "");
    }

    private static Set<Part> own(Set<Part> parts) {
        return parts.contains(Part.RELEASES) ? EnumSet.of(Part.RELEASES) : EnumSet.noneOf(Part.class);
    }
}
