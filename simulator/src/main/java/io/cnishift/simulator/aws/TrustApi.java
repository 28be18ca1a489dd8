package io.cnishift.simulator.aws;

import io.cnishift.api.act.ExtendTrust;
import io.cnishift.api.act.ReduceTrust;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Role;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Trust policies of roles, each with 2,048 characters at most unless the account has a higher quota. What was written is told with its
 * lists in another order.
 */
public final class TrustApi implements Behaviour {

    private static final int LONGEST = 2048;

    @Override
    public String id() {
        return "trust-api";
    }

    @Override
    public String source() {
        return "AWS SDK: iam UpdateAssumeRolePolicy; IAM user guide: quotas, role trust policy length; aws-controllers-k8s/runtime"
                + " pull request 243: order of lists";
    }

    @Override
    public void install(Kernel kernel) {
        Acts acts = AwsApi.acts(kernel);
        Cloud cloud = Cloud.of(kernel);
        acts.on(
                ExtendTrust.class,
                a -> before(cloud, a.role()),
                a -> edit(cloud, a.role(), now -> {
                    List<Map<String, Object>> more = new ArrayList<>(now);
                    more.addAll(Role.without(a.statements(), now));
                    return more;
                }));
        acts.on(
                ReduceTrust.class,
                a -> before(cloud, a.role()),
                a -> edit(cloud, a.role(), now -> Role.without(now, a.statements())));
    }

    private static List<Map<String, Object>> told(List<Map<String, Object>> statements) {
        return statements.stream().map(TrustApi::told).toList();
    }

    private static Map<String, Object> told(Map<?, ?> tree) {
        Map<String, Object> told = new LinkedHashMap<>();
        tree.forEach((key, value) -> told.put(String.valueOf(key), turned(value)));
        return told;
    }

    private static Object turned(Object value) {
        if (value instanceof List<?> list) {
            List<Object> turned = new ArrayList<>(list);
            Collections.reverse(turned);
            return turned;
        }
        return value instanceof Map<?, ?> map ? told(map) : value;
    }

    private static Optional<Role> find(Cloud cloud, String role) {
        return cloud.view().get(Part.ROLES, Role.class, role);
    }

    private static Map<String, Object> before(Cloud cloud, String role) {
        return find(cloud, role).map(r -> Trees.of("policy", r.trust())).orElse(Map.of());
    }

    private static ActResult edit(Cloud cloud, String name, UnaryOperator<List<Map<String, Object>>> edit) {
        Optional<Role> role = find(cloud, name);
        if (role.isEmpty()) {
            return Acts.no(Reason.GONE, "NoSuchEntity: The role with name " + name + " cannot be found.");
        }
        Map<String, Object> policy =
                Trees.with(role.get().trust(), told(edit.apply(role.get().statements())), "Statement");
        Role after = new Role(name, role.get().arn(), policy);
        if (after.length() > LONGEST) {
            return Acts.no(Reason.INVALID, "LimitExceeded: Cannot exceed quota for ACLSizePerRole: " + LONGEST);
        }
        cloud.put(after);
        return Acts.done();
    }
}
