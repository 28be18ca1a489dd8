package io.cnishift.adapters.target;

import java.util.Objects;

/**
 * The API server of a cluster as EKS names it.
 *
 * @param url of the API server
 * @param certificateAuthority certificates that it is trusted by: PEM in base64
 */
public record ApiServer(String url, String certificateAuthority) {

    public ApiServer {
        Objects.requireNonNull(url);
        Objects.requireNonNull(certificateAuthority);
    }
}
