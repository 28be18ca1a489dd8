package io.cnishift.api.cluster;

import java.util.Locale;
import java.util.Objects;

/**
 * Who writes an object's fields and would undo a change made behind its back.
 *
 * @param name the application, release, add-on or stack; empty when nobody owns it
 */
public record Owner(Kind kind, String name) {

    /** Nobody in particular. */
    public static final Owner NONE = new Owner(Kind.NONE, "");

    /** The kind of owner. */
    public enum Kind {
        ARGO_CD,
        FLUX,
        HELM,
        EKS_ADDON,
        EKSCTL,
        CLOUDFORMATION,
        TERRAFORM,
        OPERATOR,
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Owner {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
    }

    /** Whether it undoes what others change, so that only the owner can change it for good. */
    public boolean insists() {
        return switch (kind) {
            case ARGO_CD, FLUX, OPERATOR -> true;
            case HELM, EKS_ADDON, EKSCTL, CLOUDFORMATION, TERRAFORM, NONE -> false;
        };
    }

    /** Whether what it owns is written in code, which would bring back what is deleted, or miss it. */
    public boolean inCode() {
        return switch (kind) {
            case EKSCTL, CLOUDFORMATION, TERRAFORM, ARGO_CD, FLUX -> true;
            case HELM, EKS_ADDON, OPERATOR, NONE -> false;
        };
    }

    @Override
    public String toString() {
        return kind == Kind.NONE ? "nobody" : kind + " " + name;
    }
}
