package io.cnishift.api.step;

import io.cnishift.api.act.ObjectRef;
import java.util.List;
import java.util.Objects;

/**
 * Removes an EKS add-on, or its objects where it is self-managed, once no node needs it.
 *
 * @param workloads DaemonSets that must want no node any more (a fence keeps them away)
 * @param objects what to delete when it is no EKS add-on
 * @param needs label key that every Linux node must carry first
 */
public record RemoveAddon(String addon, List<String> workloads, List<ObjectRef> objects, String needs) {

    public RemoveAddon {
        Objects.requireNonNull(addon);
        workloads = List.copyOf(workloads);
        objects = List.copyOf(objects);
        Objects.requireNonNull(needs);
    }
}
