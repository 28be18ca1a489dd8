package io.cnishift.adapters.aws;

import io.cnishift.api.cluster.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Trust policies as IAM tells them: JSON, encoded as in a URL. */
final class TrustPolicies {

    private TrustPolicies() {}

    static Role role(software.amazon.awssdk.services.iam.model.Role role) {
        return new Role(role.roleName(), role.arn(), policy(role));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> policy(software.amazon.awssdk.services.iam.model.Role role) {
        // a plus stands for itself there, which the decoder for forms takes for a space
        String encoded =
                Objects.toString(role.assumeRolePolicyDocument(), "%7B%7D").replace("+", "%2B");
        return (Map<String, Object>)
                Serialization.unmarshal(URLDecoder.decode(encoded, StandardCharsets.UTF_8), Map.class);
    }

    /** A policy with these statements instead. */
    static String with(Map<String, Object> policy, List<Map<String, Object>> statements) {
        Map<String, Object> changed = new LinkedHashMap<>(policy);
        changed.put("Statement", statements);
        return Serialization.asJson(changed);
    }
}
