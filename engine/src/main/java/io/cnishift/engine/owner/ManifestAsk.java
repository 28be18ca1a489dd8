package io.cnishift.engine.owner;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.Surroundings;
import io.cnishift.api.act.UninstallRelease;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.engine.fact.ActSubject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Changes of Kubernetes objects and releases, for those who keep manifests, overlays or charts: Helm values where a chart
 * renders the object and the value is known, else a patch that Kustomize takes, or Helm by a post-renderer.
 */
final class ManifestAsk {

    private final Owner owner;
    private final String target;
    private final Map<String, String> labels;

    private ManifestAsk(Owner owner, String target, Map<String, String> labels) {
        this.owner = owner;
        this.target = target;
        this.labels = labels;
    }

    /** The change; empty for acts that no manifest states. */
    static Optional<Ask> of(View view, Act act, Owner owner) {
        ManifestAsk ask = new ManifestAsk(owner, act.target(), labels(view, act));
        if (act instanceof UpgradeRelease upgrade) {
            return Optional.of(ask.release(upgrade));
        }
        if (act instanceof UninstallRelease uninstall) {
            String command = uninstall.command(Surroundings.of(view));
            return Optional.of(ask.of(Language.COMMAND, command, "the same by hand", command));
        }
        boolean byHand = owner.kind() == Owner.Kind.NONE
                || owner.kind() == Owner.Kind.EKS_ADDON
                || owner.kind() == Owner.Kind.EKSCTL;
        if (byHand) {
            return Optional.empty();
        }
        if (act instanceof PatchObject patch && owner.kind() == Owner.Kind.TERRAFORM && !ask.rendered()) {
            return Optional.of(CodeField.ask(
                    owner, act.target(), Language.TERRAFORM, CodeFields.manifest(patch.object(), patch.patch())));
        }
        if (act instanceof PatchObject patch) {
            return Optional.of(ask.patch(patch.object(), patch.patch()));
        }
        if (act instanceof ApplyObject apply) {
            Map<String, Object> object = apply.object();
            return Optional.of(ask.of(
                    Language.KUSTOMIZE,
                    Words.json(object),
                    "a resource, or a patch where the object is there",
                    Words.yaml(object)));
        }
        return act instanceof DeleteObject
                ? Optional.of(ask.of(Language.KUSTOMIZE, "remove it", "resources", "# remove " + act.target()))
                : Optional.empty();
    }

    private Ask patch(ObjectRef object, Map<String, Object> patch) {
        Map<String, Object> document = document(object, patch);
        if (!rendered()) {
            return of(Language.KUSTOMIZE, Words.json(patch), place(false), Words.yaml(document));
        }
        Map<String, Object> values = ChartValues.of(labels.getOrDefault("helm.sh/chart", object.name()), patch);
        return values.isEmpty()
                ? of(
                        Language.HELM_VALUES,
                        "what the chart renders as " + Words.json(patch),
                        place(true),
                        "# the object has to be rendered with:\n" + Words.yaml(document))
                : of(Language.HELM_VALUES, Words.json(values), place(true), Words.yaml(ChartValues.nested(values)))
                        .rendering(Words.yaml(document));
    }

    /** Whether a chart says what the object is. */
    private boolean rendered() {
        return labels.containsKey("helm.sh/chart")
                || labels.getOrDefault("app.kubernetes.io/managed-by", "").equals("Helm")
                || owner.kind() == Owner.Kind.HELM;
    }

    private Ask release(UpgradeRelease upgrade) {
        String file = upgrade.name() + ".values.yaml";
        return new Ask(
                owner,
                target,
                Language.HELM_VALUES,
                "chart " + upgrade.chart() + " " + upgrade.chartVersion() + ", values " + Words.json(upgrade.values()),
                "chart " + upgrade.chart() + ", version " + upgrade.chartVersion()
                        + ", with all of these values and no others"
                        + (owner.inCode() ? ", in " + source() : ": " + upgrade.command(file)),
                Words.yaml(upgrade.values()),
                Optional.empty(),
                Optional.of(file));
    }

    /** Where whoever has Helm make a release says its chart and values. */
    private String source() {
        return switch (owner.kind()) {
            case FLUX -> "spec.chart and spec.values of the HelmRelease";
            case TERRAFORM -> "the helm_release";
            default -> "the source of " + owner;
        };
    }

    private Ask of(Language language, String brief, String where, String text) {
        return new Ask(owner, target, language, brief, where, text);
    }

    private String place(boolean chart) {
        return switch (owner.kind()) {
            case ARGO_CD ->
                chart
                        ? "spec.source.helm.valuesObject of the Application; what the chart has no value for, a kustomization with helmCharts"
                                + " and patches"
                        : "patches of the kustomization, or spec.source.kustomize.patches of the Application";
            case FLUX ->
                chart
                        ? "spec.values of the HelmRelease; what the chart has no value for, spec.postRenderers[].kustomize.patches"
                        : "patches of the kustomization, or spec.patches of the Kustomization";
            case TERRAFORM ->
                chart ? "values of the helm_release; what the chart has no value for, its postrender" : "the manifest";
            case HELM -> "the values file; what the chart has no value for, by --post-renderer";
            default -> "the manifest";
        };
    }

    private static Map<String, Object> document(ObjectRef object, Map<String, Object> patch) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", object.name());
        object.namespace().ifPresent(n -> metadata.put("namespace", n));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", object.apiVersion());
        document.put("kind", object.kind());
        document.put("metadata", metadata);
        patch.forEach((key, value) -> {
            if (key.equals("metadata") && value instanceof Map<?, ?> more) {
                more.forEach((k, v) -> metadata.put(String.valueOf(k), v));
            } else {
                document.put(key, value);
            }
        });
        return document;
    }

    private static Map<String, String> labels(View view, Act act) {
        return ActSubject.of(act)
                .flatMap(s -> view.get(s.part(), Resource.class, s.key()))
                .map(ManifestAsk::labels)
                .orElse(Map.of());
    }

    private static Map<String, String> labels(Resource resource) {
        if (resource instanceof Workload workload) {
            return workload.labels();
        }
        if (resource instanceof Service service) {
            return service.labels();
        }
        return resource instanceof Ingress ingress ? ingress.labels() : Map.of();
    }
}
