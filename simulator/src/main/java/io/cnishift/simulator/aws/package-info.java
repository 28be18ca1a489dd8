/**
 * AWS as the cluster sees it: the VPC with every address counted, instances and their groups, add-ons. The state is
 * {@link io.cnishift.simulator.aws.Cloud}; what moves it are behaviours, each registered by its own.
 */
@NullMarked
package io.cnishift.simulator.aws;

import org.jspecify.annotations.NullMarked;
