#pragma once

#include <cstdint>

#include "properties/property.hpp"
#include "protocols/kit/deployment.hpp"
#include "protocols/kit/family.hpp"

/// Random deployments in which nothing goes wrong, from one number each: to find false alarms,
/// which are defects like misses.
namespace indoubt::test {

/// The correct code of the family with random options, on random machines and links, with random
/// orders, and without any fault, loss or copy. It is as a scenario file could say it, and timeouts
/// are sane: a round trip fits into each, and where the protocol takes for granted that nothing is
/// late, nothing is.
kit::Deployment calm_deployment(const kit::Family& family, std::uint64_t number);

/// What the family does not promise even then: the order of one service's orders, where each
/// message travels on its own; isolation, where services give before the outcome is known, or
/// before a force that takes half a minute, and have too little for all.
properties::PropertySet not_promised(const kit::Deployment& deployment);

}  // namespace indoubt::test
