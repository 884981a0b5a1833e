# Pages are joined from plain modules and embedded into the program; node is only needed for charts.
# What a page is made of is listed here, its modules in the order of what they need.
#
# indoubt_page(<entry> STYLES <file>... MODULES <file>... [CHARTS])
#   CHARTS: it draws with Observable Plot, where there is one.
function(indoubt_page entry)
  cmake_parse_arguments(PARSE_ARGV 1 page "CHARTS" "" "STYLES;MODULES")
  list(TRANSFORM page_STYLES PREPEND "${PROJECT_SOURCE_DIR}/reports/web/")
  list(TRANSFORM page_MODULES PREPEND "${PROJECT_SOURCE_DIR}/reports/web/")
  set(charts false)
  if(page_CHARTS)
    set(charts true)
  endif()
  string(CONCAT line "indoubt_add_page(${entry} ${charts} \"${page_STYLES}\" \"${page_MODULES}\")")
  set_property(GLOBAL APPEND_STRING PROPERTY INDOUBT_PAGES "${line}\n")
  set_property(GLOBAL APPEND PROPERTY INDOUBT_PAGE_FILES ${page_STYLES} ${page_MODULES})
endfunction()

# indoubt_charts(<variable>): the file with the bundle of charts, or nothing where none can be made.
function(indoubt_charts variable)
  set(web "${PROJECT_SOURCE_DIR}/reports/web")
  find_program(INDOUBT_NODE node)
  set(${variable} "" PARENT_SCOPE)
  if(NOT INDOUBT_NODE OR NOT EXISTS "${web}/node_modules/esbuild/package.json")
    message(STATUS "indoubt: no node, or no reports/web/node_modules (scripts/setup makes both): "
                   "pages have tables without charts")
    return()
  endif()
  set(bundle "${PROJECT_BINARY_DIR}/generated/web/charts.js")
  add_custom_command(OUTPUT "${bundle}"
    COMMAND "${INDOUBT_NODE}" bundle.mjs "${bundle}" WORKING_DIRECTORY "${web}"
    DEPENDS "${web}/bundle.mjs" "${web}/charts.js" "${web}/package-lock.json"
    COMMENT "Bundling charts" VERBATIM)
  set(${variable} "${bundle}" PARENT_SCOPE)
endfunction()

# indoubt_embed_pages(<target>): adds a source with all pages to a library; its declarations are in
# reports/html/assets.hpp.
function(indoubt_embed_pages target)
  set(folder "${PROJECT_BINARY_DIR}/generated/web")
  get_property(pages GLOBAL PROPERTY INDOUBT_PAGES)
  get_property(files GLOBAL PROPERTY INDOUBT_PAGE_FILES)
  list(REMOVE_DUPLICATES files)
  indoubt_charts(charts)
  file(CONFIGURE OUTPUT "${folder}/pages.cmake" CONTENT "${pages}" @ONLY)
  add_custom_command(OUTPUT "${folder}/assets.cpp"
    COMMAND "${CMAKE_COMMAND}" "-DPAGES=${folder}/pages.cmake" "-DCHARTS=${charts}"
            "-DOUTPUT=${folder}/assets.cpp" -P "${PROJECT_SOURCE_DIR}/cmake/embed_pages.cmake"
    DEPENDS ${files} ${charts} "${folder}/pages.cmake"
            "${PROJECT_SOURCE_DIR}/cmake/embed_pages.cmake"
    COMMENT "Joining pages" VERBATIM)
  indoubt_add_generated(${target} "${folder}/assets.cpp")
endfunction()

# The diagram of a run, for every page that shows one.
set(run_modules run_words.js run_rows.js run_layout.js run_marks.js diagram.js inspector.js)

indoubt_page(trace_page
  STYLES tokens.css diagram.css trace.css
  MODULES dom.js links.js ${run_modules} trace_page.js)
indoubt_page(compare_page CHARTS
  STYLES tokens.css diagram.css compare.css
  MODULES dom.js links.js ${run_modules} compare_data.js compare_view.js compare_later.js
          compare_parts.js compare_charts.js compare_made.js compare_figures.js compare_pairs.js
          compare_findings.js compare_take.js compare_costs.js compare_growth.js compare_page.js)

indoubt_page(lab_page
  STYLES tokens.css diagram.css lab.css
  MODULES dom.js links.js ${run_modules} lab_engine.js lab_worker.js lab_text.js lab_editor.js
          lab_history.js lab_faults.js lab_actions.js lab_map.js lab_verdicts.js lab_dials.js
          lab_compare.js lab_lessons.js lab_page.js)
