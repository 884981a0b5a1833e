#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace indoubt::scenarios {

/// What the value of a key looks like: enough to describe it in the JSON Schema.
struct Shape {
  enum class Form : std::uint8_t {
    text,
    boolean,
    whole_number,  ///< from `least` to `most`
    probability,
    duration,
    signed_duration,
    drift,
    rate,
    distribution,
    arrivals,   ///< a distribution that may be given by its rate
    choice,     ///< one of the names of the vocabulary `of`
    object,     ///< the table `of`
    list,       ///< of things of the definition `of`
    map,        ///< from names to things of the definition `of`
    reference,  ///< the definition `of`
  };

  Form form = Form::text;
  std::string_view of{};
  std::int64_t least = 0;
  std::int64_t most = 0;
};

/// A key of an object, as the schema sees it.
struct KeyDoc {
  std::string_view name;
  bool is_required = false;
  Shape shape{};
  std::string_view doc;
};

/// The keys of one kind of object.
struct TableDoc {
  std::string_view name;  ///< of the definition in the schema
  std::vector<KeyDoc> keys{};
};

namespace shape {

inline constexpr Shape text{Shape::Form::text};
inline constexpr Shape boolean{Shape::Form::boolean};
inline constexpr Shape probability{Shape::Form::probability};
inline constexpr Shape duration{Shape::Form::duration};
inline constexpr Shape signed_duration{Shape::Form::signed_duration};
inline constexpr Shape drift{Shape::Form::drift};
inline constexpr Shape rate{Shape::Form::rate};
inline constexpr Shape distribution{Shape::Form::distribution};
inline constexpr Shape arrivals{Shape::Form::arrivals};

constexpr Shape whole_number(std::int64_t least, std::int64_t most) {
  return {Shape::Form::whole_number, {}, least, most};
}
constexpr Shape choice(std::string_view vocabulary) { return {Shape::Form::choice, vocabulary}; }
constexpr Shape object(std::string_view table) { return {Shape::Form::object, table}; }
constexpr Shape list(std::string_view definition) { return {Shape::Form::list, definition}; }
constexpr Shape map(std::string_view definition) { return {Shape::Form::map, definition}; }
constexpr Shape reference(std::string_view definition) {
  return {Shape::Form::reference, definition};
}

}  // namespace shape
}  // namespace indoubt::scenarios
