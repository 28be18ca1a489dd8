package io.cnishift.api.roll;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** With what the new nodes of a group join: what the old ones have, and what marks them as new. */
final class Joining {

    private Joining() {}

    static Map<String, String> labels(NodeGroup old, NewNodes newNodes) {
        Map<String, String> labels = new TreeMap<>(old.labels());
        newNodes.without().forEach(labels::remove);
        labels.put(newNodes.label(), newNodes.labelValue());
        return labels;
    }

    static List<Taint> taints(NodeGroup old, NewNodes newNodes) {
        List<Taint> taints = new ArrayList<>(old.taints());
        taints.addAll(newNodes.taints());
        return taints;
    }
}
