/**
 * Load balancers: target groups and the health of their targets, the AWS Load Balancer Controller that fills them, and an eye
 * on every path that they serve.
 */
@NullMarked
package io.cnishift.simulator.elb;

import org.jspecify.annotations.NullMarked;
