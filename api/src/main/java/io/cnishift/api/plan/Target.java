package io.cnishift.api.plan;

import java.util.Objects;

/**
 * The cluster a plan is for; the plan is refused on any other, whatever its name.
 *
 * @param source where the snapshot came from: {@code sim:NAME}, {@code eks:NAME} or a file
 * @param kubeSystemUid UID of the namespace kube-system, which no two clusters share
 */
public record Target(String source, String name, String account, String arn, String region, String kubeSystemUid) {

    public Target {
        Objects.requireNonNull(source);
        Objects.requireNonNull(name);
        Objects.requireNonNull(account);
        Objects.requireNonNull(arn);
        Objects.requireNonNull(region);
        Objects.requireNonNull(kubeSystemUid);
    }
}
