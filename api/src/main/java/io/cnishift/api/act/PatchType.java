package io.cnishift.api.act;

import java.util.Locale;

/** How a patch is read: as a JSON merge patch (RFC 7386), or as a Kubernetes strategic merge patch. */
public enum PatchType {
    MERGE,
    STRATEGIC;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
