package io.cnishift.api.step;

import io.cnishift.api.cluster.Taint;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes a group like another one whose nodes join with the target CNI. It starts empty; the roll fills it.
 *
 * @param like the old group
 * @param templateStep id of the step that made its launch template version; empty: none
 * @param maxSize so many nodes as it may ever have
 */
public record MakeNodeGroup(
        String name,
        String like,
        String templateStep,
        Map<String, String> labels,
        List<Taint> taints,
        List<String> subnets,
        int maxSize) {

    public MakeNodeGroup {
        Objects.requireNonNull(name);
        Objects.requireNonNull(like);
        Objects.requireNonNull(templateStep);
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        subnets = List.copyOf(subnets);
    }
}
