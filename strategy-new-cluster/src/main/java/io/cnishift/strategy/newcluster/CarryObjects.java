package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies objects to the second cluster: all of these kinds in these namespaces that no controller made. One that is there is left alone.
 *
 * @param namespaces also the namespaces that are made, where Namespace is among the kinds
 * @param changes what has to be other there, by {@code Kind/namespace/name}
 */
record CarryObjects(List<String> namespaces, List<String> kinds, Map<String, Map<String, Object>> changes) {
    CarryObjects {
        namespaces = List.copyOf(namespaces);
        kinds = List.copyOf(kinds);
        Map<String, Map<String, Object>> copied = new LinkedHashMap<>();
        changes.forEach((key, change) -> copied.put(key, Tree.copy(change)));
        changes = Map.copyOf(copied);
    }
}
