package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.Calls;
import io.cnishift.adapters.resilience.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.Role;

/** The requests to IAM about roles. */
final class RoleApi {

    private static final int PAGE = 1000;
    private static final String IAM = "iam";

    private final Supplier<IamClient> client;
    private final Calls calls;

    RoleApi(Supplier<IamClient> client, Calls calls) {
        this.client = client;
        this.calls = calls;
    }

    /** All roles of the account, with their trust policies. */
    List<Role> roles() {
        List<Role> all = new ArrayList<>();
        @Nullable String marker = null;
        boolean more = true;
        while (more) {
            ListRolesRequest request =
                    ListRolesRequest.builder().maxItems(PAGE).marker(marker).build();
            ListRolesResponse page = calls.call(
                    Operation.aws(IAM, "ListRoles"), () -> client.get().listRoles(request));
            all.addAll(page.roles());
            marker = page.marker();
            more = Boolean.TRUE.equals(page.isTruncated());
        }
        return all;
    }

    Role role(String name) {
        return calls.call(
                Operation.aws(IAM, "GetRole"),
                () -> client.get().getRole(r -> r.roleName(name)).role());
    }
}
