package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees;
import io.cnishift.simulator.kube.PodTrees;
import io.cnishift.simulator.kube.Pods;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pods from the template of their controller. The template's parts are shared by all of them. */
final class PodMaker {

    private PodMaker() {}

    /** A pod with a name of its own. */
    static Map<String, Object> named(
            Map<String, Object> controller, Map<String, Object> template, String name, Map<String, String> labels) {
        return Trees.with(bare(controller, template, labels), name, "metadata", "name");
    }

    /** A pod whose name the API server makes up. */
    static Map<String, Object> generated(
            Map<String, Object> controller, Map<String, Object> template, Map<String, String> labels) {
        String prefix = Pods.key(controller).name() + "-";
        return Trees.with(bare(controller, template, labels), prefix, "metadata", "generateName");
    }

    private static Map<String, Object> bare(
            Map<String, Object> controller, Map<String, Object> template, Map<String, String> labels) {
        ObjectKey key = Pods.key(controller);
        Map<String, Object> annotations = Tree.map(template, "metadata", "annotations");
        return Trees.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Trees.of(
                        "namespace",
                        key.namespace(),
                        "labels",
                        labels(Tree.strings(template, "metadata", "labels"), labels),
                        "annotations",
                        MetaTrees.filled(annotations, annotations.isEmpty()),
                        "ownerReferences",
                        List.of(PodTrees.reference(new Pod.OwnerRef(key.kind(), key.name(), Pods.uid(controller))))),
                "spec",
                Tree.map(template, "spec"),
                "status",
                Map.of("phase", "Pending"));
    }

    /** Those of the template themselves where there are no others: what is known of them is known for all of its pods. */
    private static Map<String, String> labels(Map<String, String> template, Map<String, String> own) {
        if (own.isEmpty()) {
            return template;
        }
        Map<String, String> all = new LinkedHashMap<>(template);
        all.putAll(own);
        return all;
    }
}
