package io.cnishift.cilium;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How a dotted value path is cut into keys, knowing which of the chart's maps have keys that contain dots. */
final class ValuePath {

    /** Last names of the chart's maps whose keys are the user's own and may contain dots. */
    private static final Set<String> FREE_KEY_MAPS = Set.of(
            "annotations",
            "autoCreateCiliumPodIPPools",
            "commonLabels",
            "eniTags",
            "extraConfig",
            "gcTags",
            "hard",
            "labels",
            "matchLabels",
            "nodeSelector",
            "podAnnotations",
            "podLabels",
            "secretsNamespaceAnnotations",
            "secretsNamespaceLabels",
            "serviceAnnotations");

    /** Two maps of annotations that are not called so. */
    private static final Set<String> FREE_KEY_PATHS = Set.of("certgen.annotations.cronJob", "certgen.annotations.job");

    private ValuePath() {}

    /** Whether the map at this path has free keys. The certgen annotations are one level deeper than all others. */
    static boolean hasFreeKeys(String path) {
        if (path.equals("certgen.annotations")) {
            return false;
        }
        return FREE_KEY_MAPS.contains(last(path)) || FREE_KEY_PATHS.contains(path);
    }

    /** The keys of a path; what follows a map with free keys is one key. */
    static List<String> split(String path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a value path is not empty");
        }
        List<String> keys = new ArrayList<>();
        int start = 0;
        while (start >= 0) {
            int dot = path.indexOf('.', start);
            boolean rest = dot < 0 || (start > 0 && hasFreeKeys(path.substring(0, start - 1)));
            keys.add(rest ? path.substring(start) : path.substring(start, dot));
            start = rest ? -1 : dot + 1;
        }
        return List.copyOf(keys);
    }

    /** The part of the path after its last dot. */
    static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
