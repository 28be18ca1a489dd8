package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.ApplyManifest;
import io.cnishift.api.step.MakeEniConfig;
import io.cnishift.engine.fact.Facts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Applies an ENIConfig that names the subnet of a block, as {@link ApplyManifestHandler} applies objects. */
final class MakeEniConfigHandler implements StepHandler<MakeEniConfig> {

    private static final String API_VERSION = "crd.k8s.amazonaws.com/v1alpha1";
    private static final String KIND = "ENIConfig";

    private final ApplyManifestHandler manifests = new ApplyManifestHandler();

    @Override
    public StepOutcome next(View view, MakeEniConfig params, Progress progress) {
        return PodSubnets.at(view, params.subnet())
                .map(s -> manifests.next(view, new ApplyManifest(object(s, params)), progress))
                .orElseGet(() -> new StepOutcome.Failed("there is no subnet " + params.subnet(), Disposition.ASK));
    }

    /** What was applied is read from the journal: the subnet may have gone. */
    @Override
    public StepOutcome back(View view, MakeEniConfig params, Progress progress) {
        Optional<Map<String, Object>> applied = progress.all(ApplyObject.class).stream()
                .map(e -> ((ApplyObject) e.act()).object())
                .filter(o -> ObjectRef.of(o).name().equals(params.name()))
                .findFirst();
        return applied.map(o -> manifests.back(view, new ApplyManifest(o), progress))
                .orElseGet(() -> Outcomes.done("no ENIConfig " + params.name() + " of ours is there"));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.SUBNETS, Part.ENI_CONFIGS);
    }

    /** An ENIConfig of that name may be somebody's; what it says now is what the way back restores. */
    @Override
    public List<Fact> facts(View view, MakeEniConfig params) {
        return List.of(Facts.same(view, "eni-configs/" + params.name(), "subnet"));
    }

    private static Map<String, Object> object(Subnet subnet, MakeEniConfig params) {
        Map<String, Object> spec = new HashMap<>(Map.of("subnet", subnet.id()));
        if (!params.securityGroups().isEmpty()) {
            spec.put("securityGroups", params.securityGroups());
        }
        return Map.of("apiVersion", API_VERSION, "kind", KIND, "metadata", Map.of("name", params.name()), "spec", spec);
    }
}
