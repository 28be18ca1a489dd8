package io.cnishift.api.cluster;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A PersistentVolume.
 *
 * @param driver CSI driver, e.g. ebs.csi.aws.com
 * @param claim that it is bound to, namespace/name
 * @param attachedTo node it is attached to
 */
public record Volume(
        String name,
        String driver,
        String handle,
        Optional<String> claim,
        Optional<String> zone,
        List<String> accessModes,
        String reclaimPolicy,
        Optional<String> attachedTo)
        implements Resource {

    public Volume {
        Objects.requireNonNull(name);
        accessModes = List.copyOf(accessModes);
    }

    @Override
    public Part part() {
        return Part.VOLUMES;
    }

    @Override
    public String key() {
        return name;
    }
}
