package io.cnishift.engine.snapshot;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Resource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lists of resources of a snapshot by the name of their component. */
final class Lists {

    private Lists() {}

    static Map<String, List<Resource>> of(ClusterSnapshot snapshot) {
        Map<String, List<Resource>> lists = new LinkedHashMap<>();
        for (RecordComponent component : ClusterSnapshot.class.getRecordComponents()) {
            if (component.getType() == List.class && value(component, snapshot) instanceof List<?> list) {
                List<Resource> resources = list.stream()
                        .filter(Resource.class::isInstance)
                        .map(Resource.class::cast)
                        .toList();
                lists.put(component.getName(), resources);
            }
        }
        return lists;
    }

    private static Object value(RecordComponent component, ClusterSnapshot snapshot) {
        try {
            return component.getAccessor().invoke(snapshot);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a component of a public record cannot be read: " + component, e);
        }
    }
}
